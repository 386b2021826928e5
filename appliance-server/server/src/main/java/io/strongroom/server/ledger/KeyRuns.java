package io.strongroom.server.ledger;

import static java.util.Objects.requireNonNull;

import io.strongroom.server.record.IdempotencyKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form in which idempotency keys are stored: in runs of up to 32 whose second halves follow each other without a gap,
 * as those of a source that counts do. A run holds keys of one group, so no two runs share a key, and whoever looks for
 * one needs only the last run that begins at it or before it. A key that the caller chose is a run by itself.
 *
 * <pre>
 * i64      second half of the first key
 * u8       count, 1 to 32
 * count × 32       MACs of the documents
 * i64      seq of the first
 * signed varint    for each further key: its seq less the one before
 * </pre>
 */
final class KeyRuns {
    /** As many as fit into a row of PostgreSQL's that is not stored apart. */
    static final int MAX_KEYS = 32;

    private static final int MAC_BYTES = 32;
    private static final int MACS_AT = Long.BYTES + 1;
    private static final Comparator<Placed> BY_KEY = Comparator.comparing(Placed::key);

    private KeyRuns() {}

    /** Takes a run. The buffer is the encoder's own, until the next one. */
    @FunctionalInterface
    interface Runs {
        /**
         * @param high the first half of its keys
         * @param low the second half of its first key
         */
        void take(long high, long low, PackedBytes packed) throws SQLException;
    }

    private record Placed(IdempotencyKey key, long seq) {}

    /** Packs the keys of a group. */
    static void encode(Group group, Runs runs) throws SQLException {
        List<Placed> keys = new ArrayList<>(group.count());
        for (int i = 0; i < group.count(); i++) {
            IdempotencyKey key = group.drafts().get(i).key();
            if (key != null) {
                keys.add(new Placed(key, group.first() + i));
            }
        }
        keys.sort(BY_KEY);
        PackedBytes packed = new PackedBytes(MAX_KEYS * (MAC_BYTES + 2));
        int from = 0;
        while (from < keys.size()) {
            int to = from + 1;
            while (to < keys.size() && to - from < MAX_KEYS && follows(keys.get(to - 1).key, keys.get(to).key)) {
                to++;
            }
            IdempotencyKey first = keys.get(from).key;
            pack(keys.subList(from, to), packed);
            runs.take(first.high(), first.low(), packed);
            from = to;
        }
    }

    /** In the database's order, which is that of signed numbers. */
    private static boolean follows(IdempotencyKey one, IdempotencyKey next) {
        return next.high() == one.high() && one.low() != Long.MAX_VALUE && next.low() == one.low() + 1;
    }

    private static void pack(List<Placed> run, PackedBytes packed) {
        packed.clear();
        packed.i64(run.getFirst().key.low()).u8(run.size());
        for (Placed placed : run) {
            packed.put(placed.key.mac());
        }
        long seq = run.getFirst().seq;
        packed.i64(seq);
        for (Placed placed : run.subList(1, run.size())) {
            packed.signed(placed.seq - seq);
            seq = placed.seq;
        }
    }

    /**
     * What is known of a key.
     *
     * @param packed the last run of the same first half that begins at {@code low} or before it, or null
     * @return null if the key is not in it
     * @throws LedgerDamagedException if the bytes are none of a run's
     */
    static @Nullable KnownKey find(byte @Nullable [] packed, long low) {
        if (packed == null) {
            return null;
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(packed);
            long place = low - in.getLong();
            int count = count(in);
            if (place < 0 || place >= count) {
                return null;
            }
            byte[] mac = new byte[MAC_BYTES];
            in.get(MACS_AT + (int) place * MAC_BYTES, mac);
            in.position(MACS_AT + count * MAC_BYTES);
            long seq = in.getLong();
            for (int i = 0; i < place; i++) {
                seq += PackedBytes.signed(in);
            }
            return new KnownKey(seq, mac);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    /**
     * The second half of a run's last key.
     *
     * @throws LedgerDamagedException if the bytes are none of a run's
     */
    static long lastLow(byte[] packed) {
        try {
            ByteBuffer in = ByteBuffer.wrap(requireNonNull(packed, "packed is null"));
            return in.getLong() + count(in) - 1;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    private static int count(ByteBuffer in) {
        int count = in.get();
        if (count < 1 || count > MAX_KEYS) {
            throw new IllegalArgumentException("it names " + count + " keys");
        }
        return count;
    }

    private static LedgerDamagedException damaged(RuntimeException cause) {
        return new LedgerDamagedException("a run of stored idempotency keys cannot be read: " + cause.getMessage());
    }
}
