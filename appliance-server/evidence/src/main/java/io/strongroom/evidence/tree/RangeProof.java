package io.strongroom.evidence.tree;

import io.strongroom.evidence.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What ties all leaf hashes of the range {@code [from, to)} to the tree of {@code size} leaves: the complete subtrees
 * left and right of the range. With the leaf hashes of the range they give the root, so not one leaf of the range can
 * be changed, left out, added or moved.
 *
 * @param from the first leaf of the range
 * @param to the leaf after the last, at least {@code from}
 * @param size leaves in the tree, at least {@code to}
 * @param left the hashes of the complete subtrees that make up {@code [0, from)}, from left to right
 * @param right the hashes of the largest aligned complete subtrees that make up {@code [to, size)}, from left to right
 */
public record RangeProof(long from, long to, long size, List<Digest> left, List<Digest> right) {
    /**
     * @throws IllegalArgumentException if the range is not in the tree or a list has not the one possible length
     */
    public RangeProof {
        left = List.copyOf(left);
        right = List.copyOf(right);
        checkRange(from, to, size);
        if (left.size() != Long.bitCount(from)) {
            throw new IllegalArgumentException(
                    "left of " + from + " stand " + Long.bitCount(from) + " subtrees, not " + left.size());
        }
        int expected = 0;
        for (long at = to; at < size; at += 1L << level(at, size)) {
            expected++;
        }
        if (right.size() != expected) {
            throw new IllegalArgumentException(
                    "between " + to + " and " + size + " stand " + expected + " subtrees, not " + right.size());
        }
    }

    private static void checkRange(long from, long to, long size) {
        if (from < 0 || from > to || to > size) {
            throw new IllegalArgumentException("[" + from + ", " + to + ") is no range in a tree of size " + size);
        }
    }

    /** The level of the largest complete subtree that begins at {@code at} and does not pass {@code size}. */
    private static int level(long at, long size) {
        int aligned = Long.numberOfTrailingZeros(at);
        int fitting = Long.SIZE - 1 - Long.numberOfLeadingZeros(size - at);
        return Math.min(aligned, fitting);
    }

    /** Makes the proof. */
    public static RangeProof of(HashSource hashes, long from, long to, long size) {
        checkRange(from, to, size);
        List<Digest> right = new ArrayList<>();
        long at = to;
        while (at < size) {
            int level = level(at, size);
            right.add(hashes.hash(level, at >>> level));
            at += 1L << level;
        }
        return new RangeProof(from, to, size, Frontier.peaks(hashes, from), right);
    }

    /** The complete subtrees outside the range, with their hashes. */
    public Map<Subtree, Digest> outside() {
        Map<Subtree, Digest> outside = new HashMap<>();
        long at = 0;
        for (Digest hash : left) {
            long width = Long.highestOneBit(from - at);
            outside.put(new Subtree(at, at + width), hash);
            at += width;
        }
        at = to;
        for (Digest hash : right) {
            long width = 1L << level(at, size);
            outside.put(new Subtree(at, at + width), hash);
            at += width;
        }
        return outside;
    }

    /** Begins to verify; the leaf hashes of the range are then given in order. */
    public Verifier verifier() {
        return new Verifier();
    }

    /** Takes the leaf hashes of the range in order, in memory that does not grow. */
    public final class Verifier {
        private final Frontier frontier = Frontier.of(from, left);

        private Verifier() {}

        /**
         * Takes the next {@code count} leaf hashes.
         *
         * @throws IllegalStateException if they are more than the range holds
         */
        public void leaves(byte[] hashes, int offset, int count) {
            if (count > to - frontier.size()) {
                throw new IllegalStateException("more leaf hashes than the range [" + from + ", " + to + ") holds");
            }
            frontier.appendAll(hashes, offset, count);
        }

        /**
         * Takes the next leaf hash.
         *
         * @throws IllegalStateException if the range is full
         */
        public void leaf(Digest hash) {
            leaves(hash.bytes(), 0, 1);
        }

        /** Leaf hashes that are still to come. */
        public long missing() {
            return to - frontier.size();
        }

        /** Whether exactly the range's leaf hashes were given and lead to this {@code root}. */
        public boolean verifies(Digest root) {
            if (missing() != 0) {
                return false;
            }
            Frontier whole = frontier.copy();
            for (Digest hash : right) {
                whole.appendSubtree(level(whole.size(), size), hash);
            }
            return whole.root().equals(root);
        }
    }
}
