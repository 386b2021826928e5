package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.TenantId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The day that is being written, and what its seal will say of it (formats §5, Seal).
 *
 * <p>Fed with every entry in order, whether just sequenced or read again at start: it is a function of the entries
 * alone. Owned by the sequencer's thread.
 */
final class DayChain {
    static final long DAY_MILLIS = 86_400_000L;
    static final int MAX_SOURCES = 10_000;
    private static final int VERSION = 1;

    // All of them describe the entries [firstSeq, size): those of the day so far. day is meaningless while size is 0.
    private long size;
    private long day;
    private long firstSeq;
    private long firstAt;
    private long lastAt;
    private @Nullable Digest previousSeal;
    private long unlisted;
    private TreeMap<String, SourceSequences> sources = new TreeMap<>();

    // The source of the entry before: records come in runs.
    private @Nullable String lastSource;
    private @Nullable SourceSequences lastSequences;

    static long day(long at) {
        return Math.floorDiv(at, DAY_MILLIS);
    }

    /** Whether an entry of time {@code at} begins a new day, so that a seal must come first. */
    boolean sealIsDue(long at) {
        return size > 0 && day(at) > day;
    }

    /** Takes the next entry. The first of a new day is the seal of the day before. */
    void add(long at, String source, @Nullable Long sourceSeq, Digest record) {
        if (size == 0) {
            begin(at);
        } else if (day(at) > day) {
            previousSeal = record;
            begin(at);
        }
        size++;
        lastAt = at;
        SourceSequences sequences = sequences(source);
        if (sequences == null) {
            unlisted++;
        } else if (sourceSeq == null) {
            sequences.add();
        } else {
            sequences.add(sourceSeq);
        }
    }

    private void begin(long at) {
        day = day(at);
        firstSeq = size;
        firstAt = at;
        unlisted = 0;
        sources = new TreeMap<>();
        lastSource = null;
        lastSequences = null;
    }

    private @Nullable SourceSequences sequences(String source) {
        if (source.equals(lastSource)) {
            return lastSequences;
        }
        SourceSequences sequences = sources.get(source);
        if (sequences == null && sources.size() < MAX_SOURCES) {
            sequences = new SourceSequences();
            sources.put(source, sequences);
        }
        lastSource = source;
        lastSequences = sequences;
        return sequences;
    }

    /** How many entries of the whole ledger it has seen. */
    long size() {
        return size;
    }

    long firstSeq() {
        return firstSeq;
    }

    long firstAt() {
        return firstAt;
    }

    long lastAt() {
        return lastAt;
    }

    /** Digest of the stored record of the seal before this day; empty in the ledger's first day. */
    Optional<Digest> previousSeal() {
        return Optional.ofNullable(previousSeal);
    }

    /** {@code tenant:2026-11-21}. */
    String name(TenantId tenant) {
        return tenant.value() + ":" + LocalDate.ofEpochDay(day);
    }

    /** Each source's own numbers, by name; at most {@link #MAX_SOURCES}. */
    TreeMap<String, SourceSequences> sources() {
        return sources;
    }

    /** How many records came from sources beyond {@link #MAX_SOURCES}. */
    long unlisted() {
        return unlisted;
    }

    byte[] toBytes() {
        PackedBytes out = new PackedBytes(256);
        out.u8(VERSION)
                .varint(size)
                .signed(day)
                .varint(firstSeq)
                .signed(firstAt)
                .signed(lastAt);
        out.u8(previousSeal == null ? 0 : 1);
        if (previousSeal != null) {
            out.put(previousSeal.bytes());
        }
        out.varint(unlisted).varint(sources.size());
        sources.forEach((source, sequences) -> sequences.write(out.text(source)));
        return out.toBytes();
    }

    /**
     * Reads the form of {@link #toBytes()}.
     *
     * @throws LedgerDamagedException if the bytes are of another form
     */
    static DayChain ofBytes(byte[] bytes) {
        try {
            return read(ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new LedgerDamagedException("the stored state of the day's chain cannot be read: " + e.getMessage());
        }
    }

    private static DayChain read(ByteBuffer in) {
        int version = in.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("its version is " + version);
        }
        DayChain chain = new DayChain();
        chain.size = PackedBytes.varint(in);
        chain.day = PackedBytes.signed(in);
        chain.firstSeq = PackedBytes.varint(in);
        chain.firstAt = PackedBytes.signed(in);
        chain.lastAt = PackedBytes.signed(in);
        if (in.get() != 0) {
            byte[] seal = new byte[Digest.BYTES];
            in.get(seal);
            chain.previousSeal = Digest.ofBytes(seal);
        }
        chain.unlisted = PackedBytes.varint(in);
        for (int left = PackedBytes.count(in, MAX_SOURCES); left > 0; left--) {
            String source = PackedBytes.text(in);
            chain.sources.put(source, SourceSequences.read(in));
        }
        return chain;
    }
}
