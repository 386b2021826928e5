package io.strongroom.server.privacy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The disclosures of one record and class, encrypted (formats §4); or what stands beside them and goes with them: the
 * keyed hashes by which some of its fields are found, and the line of a device batch of which it was made.
 *
 * @param classification the class whose readers may open it, e.g. {@code CONFIDENTIAL}; {@link #FINDABLE} for keyed hashes,
 *     {@link #LINE} for a line
 * @param dataKey id of the data key, from which the record's key is derived
 * @param ciphertext 12-byte nonce, then AES-256-GCM ciphertext and tag; or the hashes, four bytes each
 */
@SuppressWarnings("ArrayRecordComponent")
public record SealedDisclosures(String classification, long dataKey, byte[] ciphertext) {
    /** Stands in the place of a class. */
    public static final String FINDABLE = "FINDABLE";

    /** Stands in the place of a class. */
    public static final String LINE = "LINE";

    /** @param hashes {@linkplain FieldHashes#findable keyed hashes} */
    static SealedDisclosures findable(long dataKey, int[] hashes) {
        ByteBuffer packed = ByteBuffer.allocate(hashes.length * Integer.BYTES);
        packed.asIntBuffer().put(hashes);
        return new SealedDisclosures(FINDABLE, dataKey, packed.array());
    }

    /** The keyed hashes among what stands beside a record. */
    public static Optional<int[]> findable(List<SealedDisclosures> sealed) {
        for (SealedDisclosures each : sealed) {
            if (each.isFindable()) {
                return Optional.of(each.hashes());
            }
        }
        return Optional.empty();
    }

    /** Whether it holds keyed hashes, and nothing to open. */
    public boolean isFindable() {
        return classification.equals(FINDABLE);
    }

    /** Whether it holds the device's line. */
    public boolean isLine() {
        return classification.equals(LINE);
    }

    /** The keyed hashes. */
    public int[] hashes() {
        int[] hashes = new int[ciphertext.length / Integer.BYTES];
        ByteBuffer.wrap(ciphertext).asIntBuffer().get(hashes);
        return hashes;
    }
}
