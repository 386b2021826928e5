package io.strongroom.evidence.tree;

import io.strongroom.evidence.Digest;

/** The hashes of RFC 9162 §2.1.1 over SHA-256, one at a time. For many, see {@link TreeHasher}. */
public final class Rfc9162 {
    /** The root of the tree with no leaf: {@code SHA-256("")}. */
    public static final Digest EMPTY_ROOT = Digest.of(new byte[0]);

    /** Levels of the largest tree that a {@code long} size can count. */
    static final int MAX_LEVELS = 63;

    private Rfc9162() {}

    /** {@code SHA-256(0x00 ‖ data)}. */
    public static Digest leaf(byte[] data) {
        byte[] hash = new byte[Digest.BYTES];
        new TreeHasher().leaf(data, 0, data.length, hash, 0);
        return Digest.ofBytes(hash);
    }

    /** {@code SHA-256(0x01 ‖ left ‖ right)}. */
    public static Digest node(Digest left, Digest right) {
        byte[] pair = new byte[2 * Digest.BYTES];
        left.copyTo(pair, 0);
        right.copyTo(pair, Digest.BYTES);
        new TreeHasher().node(pair, 0, pair, Digest.BYTES, pair, 0);
        return Digest.ofBytes(pair, 0);
    }

    /**
     * The root of the tree of the first {@code size} leaves.
     *
     * @throws IllegalArgumentException if {@code size} is negative
     */
    public static Digest root(HashSource hashes, long size) {
        if (size < 0) {
            throw new IllegalArgumentException("a tree's size is not negative: " + size);
        }
        return size == 0 ? EMPTY_ROOT : root(hashes, 0, size);
    }

    /**
     * The hash MTH(D[from:to]) of a subtree whose {@code from} is a multiple of the smallest power of two that is
     * not below its width.
     */
    static Digest root(HashSource hashes, long from, long to) {
        long width = to - from;
        if (Long.bitCount(width) == 1) {
            int level = Long.numberOfTrailingZeros(width);
            return hashes.hash(level, from >>> level);
        }
        long split = from + split(width);
        return node(root(hashes, from, split), root(hashes, split, to));
    }

    /** The largest power of two below {@code width}, which is at least 2. */
    static long split(long width) {
        return Long.highestOneBit(width - 1);
    }
}
