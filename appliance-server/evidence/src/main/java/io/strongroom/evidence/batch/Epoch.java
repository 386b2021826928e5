package io.strongroom.evidence.batch;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * One life of a device's queue: 16 random bytes, drawn whenever the queue is created anew. Within an epoch each stream
 * counts from 0. Its text form is 32 lower-case hex digits. Equality is by value.
 */
public final class Epoch {
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;

    private Epoch(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @throws IllegalArgumentException unless these are 16 bytes
     */
    public static Epoch ofBytes(byte[] bytes) {
        if (bytes.length != BatchLayout.EPOCH_BYTES) {
            throw new IllegalArgumentException(
                    "an epoch has " + BatchLayout.EPOCH_BYTES + " bytes, not " + bytes.length);
        }
        return new Epoch(bytes.clone());
    }

    /** A copy of the 16 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Epoch that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HEX.formatHex(bytes);
    }
}
