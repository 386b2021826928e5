package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.ledger.EntryRenderer;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Stored entries, unpacked; the form is told at {@link BlockEncoder}. Nothing in it is checked yet but its form. */
final class EntryBlock {
    private record Kind(String stream, String source, String retain, Digest policy) {}

    private final long first;
    private final Digest prev;
    private final Digest leaf;
    private final Kind[] kinds;
    private final long[] at;
    private final @Nullable Long[] sourceSeq;
    private final byte[] packed;
    private final int ids;
    private final int records;

    private EntryBlock(
            long first,
            Digest prev,
            Digest leaf,
            Kind[] kinds,
            long[] at,
            @Nullable Long[] sourceSeq,
            byte[] packed,
            int ids,
            int records) {
        this.first = first;
        this.prev = prev;
        this.leaf = leaf;
        this.kinds = kinds;
        this.at = at;
        this.sourceSeq = sourceSeq;
        this.packed = packed;
        this.ids = ids;
        this.records = records;
    }

    /**
     * Unpacks.
     *
     * @param first the seq of the first entry
     * @throws LedgerDamagedException if the bytes are none of a block's
     */
    static EntryBlock parse(long first, byte[] packed) {
        try {
            return parse(first, ByteBuffer.wrap(packed));
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new LedgerDamagedException(
                    "the stored block of entry " + first + " cannot be read: " + e.getMessage());
        }
    }

    private static EntryBlock parse(long first, ByteBuffer in) {
        int version = in.get();
        if (version != BlockEncoder.VERSION) {
            throw new IllegalArgumentException("its version is " + version + "; this program knows 1");
        }
        int count = in.getShort() & 0xffff;
        if (count < 1 || first + count > BlockEncoder.boundary(first)) {
            throw new IllegalArgumentException("it claims " + count + " entries");
        }
        Digest prev = digest(in);
        Digest leaf = digest(in);
        long time = in.getLong();
        List<Kind> known = kinds(in);
        Kind[] kinds = new Kind[count];
        for (int i = 0; i < count; i++) {
            kinds[i] = known.get(in.get() & 0xff);
        }
        long[] at = new long[count];
        for (int i = 0; i < count; i++) {
            time += PackedBytes.varint(in);
            at[i] = time;
        }
        @Nullable Long[] sourceSeq = sourceSequences(in, kinds);
        int ids = in.position();
        int records = ids + count * RecordId.BYTES;
        if (in.limit() != records + count * Digest.BYTES) {
            throw new IllegalArgumentException(
                    "it has " + in.limit() + " bytes instead of " + (records + count * Digest.BYTES));
        }
        return new EntryBlock(first, prev, leaf, kinds, at, sourceSeq, in.array(), ids, records);
    }

    private static List<Kind> kinds(ByteBuffer in) {
        List<String> words = new ArrayList<>();
        for (int left = PackedBytes.count(in, 3 * BlockEncoder.MAX_ENTRIES); left > 0; left--) {
            words.add(PackedBytes.text(in));
        }
        List<Digest> policies = new ArrayList<>();
        for (int left = PackedBytes.count(in, BlockEncoder.MAX_ENTRIES); left > 0; left--) {
            policies.add(digest(in));
        }
        List<Kind> kinds = new ArrayList<>();
        for (int left = PackedBytes.count(in, BlockEncoder.MAX_ENTRIES); left > 0; left--) {
            String stream = words.get(PackedBytes.count(in, words.size()));
            String source = words.get(PackedBytes.count(in, words.size()));
            String retain = words.get(PackedBytes.count(in, words.size()));
            kinds.add(new Kind(stream, source, retain, policies.get(PackedBytes.count(in, policies.size()))));
        }
        return kinds;
    }

    private static @Nullable Long[] sourceSequences(ByteBuffer in, Kind[] kinds) {
        byte[] bits = new byte[(kinds.length + 7) / 8];
        in.get(bits);
        @Nullable Long[] sequences = new @Nullable Long[kinds.length];
        Map<String, Long> last = new HashMap<>();
        for (int i = 0; i < kinds.length; i++) {
            if ((bits[i / 8] >> i % 8 & 1) != 0) {
                long value = last.getOrDefault(kinds[i].source, 0L) + PackedBytes.signed(in);
                last.put(kinds[i].source, value);
                sequences[i] = value;
            }
        }
        return sequences;
    }

    private static Digest digest(ByteBuffer in) {
        byte[] hash = new byte[Digest.BYTES];
        in.get(hash);
        return Digest.ofBytes(hash);
    }

    long first() {
        return first;
    }

    int count() {
        return at.length;
    }

    /** The seq after the last entry. */
    long end() {
        return first + at.length;
    }

    /** What the block says of the entry before its first. */
    Digest prev() {
        return prev;
    }

    /** What the block says of its last entry. */
    Digest leaf() {
        return leaf;
    }

    /**
     * The {@code i}-th entry, after an entry whose leaf hash is {@code prev}.
     *
     * @throws LedgerDamagedException if what is stored can be none
     */
    Entry entry(int i, Digest prev) {
        Kind kind = kinds[i];
        try {
            return new Entry(
                    first + i,
                    at[i],
                    id(i),
                    kind.policy,
                    prev,
                    Digest.ofBytes(packed, records + i * Digest.BYTES),
                    kind.retain,
                    kind.source,
                    sourceSeq[i],
                    kind.stream);
        } catch (IllegalArgumentException e) {
            throw new LedgerDamagedException("the stored entry " + (first + i) + " is none: " + e.getMessage());
        }
    }

    private EntryRenderer renderer() {
        try {
            return new EntryRenderer(first, prev);
        } catch (IllegalArgumentException e) {
            throw new LedgerDamagedException("the stored block of entry " + first + " is none: " + e.getMessage());
        }
    }

    private RecordId id(int i) {
        ByteBuffer at = ByteBuffer.wrap(packed, ids + i * RecordId.BYTES, RecordId.BYTES);
        return new RecordId(at.getLong(), at.getLong());
    }

    /**
     * All rows without bodies, each leaf computed from what is stored.
     *
     * @throws LedgerDamagedException if the chain within the block does not lead to the leaf that was committed
     */
    List<LedgerReader.Row> rows() {
        return rows(seq -> true);
    }

    /** The rows whose seq is {@code wanted}, as {@link #rows()}: every leaf is computed, as each leads to the next. */
    List<LedgerReader.Row> rows(LongPredicate wanted) {
        List<LedgerReader.Row> rows = new ArrayList<>();
        Digest before = prev;
        EntryRenderer renderer = renderer();
        for (int i = 0; i < at.length; i++) {
            Entry entry = entry(i, before);
            renderer.render(entry);
            before = renderer.leaf();
            if (wanted.test(first + i)) {
                rows.add(new LedgerReader.Row(entry, before, null));
            }
        }
        if (!before.equals(leaf)) {
            throw new LedgerDamagedException("the entries " + first + " to " + (end() - 1)
                    + " do not match their leaf hash: expected " + leaf + ", found " + before);
        }
        return rows;
    }
}
