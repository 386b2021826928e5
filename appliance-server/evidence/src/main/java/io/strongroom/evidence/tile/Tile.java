package io.strongroom.evidence.tile;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tree.TreeHasher;
import java.util.Arrays;

/** Up to 256 neighbouring hashes of one level of the tree (C2SP tlog-tiles): a subtree of height 8. Immutable. */
public final class Tile {
    /** Hashes in a full tile. */
    public static final int FULL_WIDTH = TilePath.FULL_WIDTH;

    /** Bytes of a full tile. */
    public static final int FULL_BYTES = FULL_WIDTH * Digest.BYTES;

    private static final int HEIGHT = 8;

    private final byte[] hashes;

    private Tile(byte[] hashes) {
        this.hashes = hashes;
    }

    /**
     * A tile of the given hashes, which are copied.
     *
     * @throws IllegalArgumentException if they are not 1 to 256 whole hashes
     */
    public static Tile ofBytes(byte[] bytes) {
        return ofBytes(bytes, 0, bytes.length);
    }

    static Tile ofBytes(byte[] bytes, int offset, int length) {
        if (length == 0 || length > FULL_BYTES || length % Digest.BYTES != 0) {
            throw new IllegalArgumentException("a tile has 1 to 256 hashes of 32 bytes, not " + length + " bytes");
        }
        return new Tile(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** Hashes in it. */
    public int width() {
        return hashes.length / Digest.BYTES;
    }

    /** Whether it has all 256. */
    public boolean isFull() {
        return width() == FULL_WIDTH;
    }

    /** A copy of its bytes. */
    public byte[] toBytes() {
        return hashes.clone();
    }

    /** Hash {@code i} of it. */
    public Digest hash(int i) {
        return Digest.ofBytes(hashes, i * Digest.BYTES);
    }

    /**
     * The hash of the complete subtree of {@code 2^height} of its hashes that begins at {@code first}.
     *
     * @param height 0 to 8
     * @throws IllegalArgumentException if the tile has not all of them
     */
    public Digest subtree(int first, int height) {
        int count = 1 << height;
        if (height < 0 || height > HEIGHT || first % count != 0 || first + count > width()) {
            throw new IllegalArgumentException(
                    "a tile of width " + width() + " has no complete subtree of " + count + " hashes at " + first);
        }
        if (count == 1) {
            return hash(first);
        }
        byte[] scratch = Arrays.copyOfRange(hashes, first * Digest.BYTES, (first + count) * Digest.BYTES);
        new TreeHasher().fold(scratch, 0, count);
        return Digest.ofBytes(scratch, 0);
    }

    /** The hash of a full tile, which stands in the level above. */
    public Digest root() {
        return subtree(0, HEIGHT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tile that && Arrays.equals(hashes, that.hashes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }
}
