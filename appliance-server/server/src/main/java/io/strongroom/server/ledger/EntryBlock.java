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
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Stored entries, unpacked; the form is told at {@link BlockEncoder}. Nothing in it is checked yet but its form. */
final class EntryBlock {
    private record Kind(String stream, String source, String retain, Digest policy) {}

    private final long first;
    private final Digest prev;
    private final Digest[] marks;
    private final Kind[] kinds;
    private final long[] at;
    private final @Nullable Long[] sourceSeq;
    private final byte[] packed;
    private final int ids;
    private final int records;

    private EntryBlock(
            long first,
            Digest prev,
            Digest[] marks,
            Kind[] kinds,
            long[] at,
            @Nullable Long[] sourceSeq,
            byte[] packed,
            int ids,
            int records) {
        this.first = first;
        this.prev = prev;
        this.marks = marks;
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
            throw new IllegalArgumentException(
                    "its version is " + version + "; this program knows " + BlockEncoder.VERSION);
        }
        int count = in.getShort() & 0xffff;
        if (count < 1 || first + count > BlockEncoder.boundary(first)) {
            throw new IllegalArgumentException("it claims " + count + " entries");
        }
        Digest prev = digest(in);
        Digest[] marks = new Digest[Math.ceilDiv(count, BlockEncoder.MARK_EVERY)];
        for (int i = 0; i < marks.length; i++) {
            marks[i] = digest(in);
        }
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
        return new EntryBlock(first, prev, marks, kinds, at, sourceSeq, in.array(), ids, records);
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
        return marks[marks.length - 1];
    }

    /** What the block says of the {@code i}-th entry's leaf hash; null where it says nothing. */
    @Nullable
    Digest mark(int i) {
        boolean marked = (i + 1) % BlockEncoder.MARK_EVERY == 0 || i == at.length - 1;
        return marked ? marks[i / BlockEncoder.MARK_EVERY] : null;
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

    /**
     * The rows whose seq is {@code wanted}, as {@link #rows()}. Leaf hashes are computed from the mark before a wanted
     * entry to the mark behind it.
     */
    List<LedgerReader.Row> rows(LongPredicate wanted) {
        List<LedgerReader.Row> rows = new ArrayList<>();
        for (int from = 0; from < at.length; from += BlockEncoder.MARK_EVERY) {
            int to = Math.min(from + BlockEncoder.MARK_EVERY, at.length);
            if (LongStream.range(first + from, first + to).anyMatch(wanted)) {
                stretch(from, to, wanted, rows);
            }
        }
        return rows;
    }

    private void stretch(int from, int to, LongPredicate wanted, List<LedgerReader.Row> rows) {
        Digest before = from == 0 ? prev : marks[from / BlockEncoder.MARK_EVERY - 1];
        EntryRenderer renderer = renderer(from, before);
        for (int i = from; i < to; i++) {
            Entry entry = entry(i, before);
            renderer.render(entry);
            before = renderer.leaf();
            if (wanted.test(first + i)) {
                rows.add(new LedgerReader.Row(entry, before, null));
            }
        }
        Digest mark = marks[from / BlockEncoder.MARK_EVERY];
        if (!before.equals(mark)) {
            throw new LedgerDamagedException("the entries " + (first + from) + " to " + (first + to - 1)
                    + " do not match their leaf hash: expected " + mark + ", found " + before);
        }
    }

    private EntryRenderer renderer(int i, Digest before) {
        try {
            return new EntryRenderer(first + i, before);
        } catch (IllegalArgumentException e) {
            throw new LedgerDamagedException(
                    "the stored block of entry " + (first + i) + " is none: " + e.getMessage());
        }
    }
}
