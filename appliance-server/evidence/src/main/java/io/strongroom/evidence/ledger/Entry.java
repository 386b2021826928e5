package io.strongroom.evidence.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.tree.Rfc9162;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ledger: what a leaf of the tree commits to. It stays when the record's body is gone.
 *
 * @param seq position in the tree, from 0 without gaps
 * @param at when it was appended, in milliseconds since 1970; never less than the entry before
 * @param id the record's id
 * @param policy digest of the policy bundle in force
 * @param prev leaf hash of entry {@code seq − 1}; {@link Digest#ZERO} for the first
 * @param record digest of the stored record
 * @param retain retention class: 1–64 of {@code a-z 0-9 . _ -}
 * @param source source id: 1–64 of {@code a-z 0-9 . _ -}
 * @param sourceSeq the source's own sequence number, from 0; null where there is none
 * @param stream stream: 1–64 of {@code a-z 0-9 . _ -}
 */
public record Entry(
        long seq,
        long at,
        RecordId id,
        Digest policy,
        Digest prev,
        Digest record,
        String retain,
        String source,
        @Nullable Long sourceSeq,
        String stream) {
    /** No entry's data is longer. */
    public static final int MAX_BYTES = EntryLayout.MAX_BYTES;

    /**
     * @throws IllegalArgumentException if a value cannot stand in an entry
     */
    public Entry {
        requireNumber("seq", seq);
        if (at < Rfc3339.MIN_EPOCH_MILLIS || at > Rfc3339.MAX_EPOCH_MILLIS) {
            throw new IllegalArgumentException("an entry's time must be from year 0000 to 9999, not " + at + " ms");
        }
        EntryLayout.requireName("retain", retain);
        EntryLayout.requireName("source", source);
        EntryLayout.requireName("stream", stream);
        if (sourceSeq != null) {
            requireNumber("sourceSeq", sourceSeq);
        }
    }

    private static void requireNumber(String member, long value) {
        if (value < 0 || value > CanonicalJson.MAX_INTEGER) {
            throw new IllegalArgumentException(member + " must be from 0 to 2^53-1, not " + value);
        }
    }

    /**
     * Reads an entry from its leaf data.
     *
     * @throws JsonException if it is not exactly the canonical bytes of an entry
     */
    public static Entry parse(byte[] line) {
        return parse(line, 0, line.length);
    }

    /**
     * Reads an entry from {@code length} bytes of {@code buffer}; positions count from {@code offset}.
     *
     * @throws JsonException if they are not exactly the canonical bytes of an entry
     */
    public static Entry parse(byte[] buffer, int offset, int length) {
        EntryLine line = new EntryLine();
        line.read(buffer, offset, length);
        return line.entry();
    }

    /** The canonical bytes that the leaf hash covers. */
    public byte[] leafData() {
        byte[] data = new byte[MAX_BYTES];
        return Arrays.copyOf(data, writeLeafData(data));
    }

    /**
     * Writes the canonical bytes that the leaf hash covers to the beginning of {@code target}, which has room for
     * {@link #MAX_BYTES}.
     *
     * @return how many they are
     */
    public int writeLeafData(byte[] target) {
        return EntryLayout.write(
                target,
                0,
                seq,
                at,
                id,
                policy,
                prev.bytes(),
                record,
                retain,
                source,
                sourceSeq == null ? EntryLayout.NO_SOURCE_SEQ : sourceSeq,
                stream);
    }

    /** The leaf hash: {@code SHA-256(0x00 ‖ leafData)}. */
    public Digest leaf() {
        return Rfc9162.leaf(leafData());
    }
}
