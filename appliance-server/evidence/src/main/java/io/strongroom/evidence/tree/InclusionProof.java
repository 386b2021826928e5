package io.strongroom.evidence.tree;

import io.strongroom.evidence.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * That a leaf stands at {@code index} in the tree of {@code size} leaves (RFC 9162 §2.1.3).
 *
 * @param index from 0, below {@code size}
 * @param size leaves in the tree, at least 1
 * @param path the hashes from the leaf's sibling up
 */
public record InclusionProof(long index, long size, List<Digest> path) {
    /**
     * @throws IllegalArgumentException if the index is not in the tree or the path has not the one possible length
     */
    public InclusionProof {
        path = List.copyOf(path);
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("index " + index + " is not in a tree of size " + size);
        }
        int expected = pathLength(index, size);
        if (path.size() != expected) {
            throw new IllegalArgumentException("an inclusion proof of index " + index + " in size " + size + " has "
                    + expected + " hashes, not " + path.size());
        }
    }

    /** Hashes in the proof of {@code index} in a tree of {@code size}. */
    public static int pathLength(long index, long size) {
        int inner = Long.SIZE - Long.numberOfLeadingZeros(index ^ size - 1);
        return inner + Long.bitCount(index >>> inner);
    }

    /** Makes the proof. */
    public static InclusionProof of(HashSource hashes, long index, long size) {
        return of(hashes, index, 0, size);
    }

    private static InclusionProof of(HashSource hashes, long index, long start, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("index " + index + " is not in a tree of size " + size);
        }
        List<Digest> path = new ArrayList<>();
        collect(hashes, start + index, start, start + size, path);
        return new InclusionProof(index, size, path);
    }

    /** Makes the proof that the leaf at {@code index} of the whole tree stands in {@code subtree}. */
    public static InclusionProof of(HashSource hashes, long index, Subtree subtree) {
        return of(hashes, index - subtree.start(), subtree.start(), subtree.end() - subtree.start());
    }

    private static void collect(HashSource hashes, long index, long from, long to, List<Digest> path) {
        if (to - from == 1) {
            return;
        }
        long split = from + Rfc9162.split(to - from);
        if (index < split) {
            collect(hashes, index, from, split, path);
            path.add(Rfc9162.root(hashes, split, to));
        } else {
            collect(hashes, index, split, to, path);
            path.add(Rfc9162.root(hashes, from, split));
        }
    }

    /** The root that the path leads to from {@code leaf}. */
    public Digest root(Digest leaf) {
        Digest hash = leaf;
        long node = index;
        long last = size - 1;
        for (Digest sibling : path) {
            // On the right edge a node without a sibling rises unchanged.
            while (node == last && (node & 1) == 0) {
                node >>>= 1;
                last >>>= 1;
            }
            hash = (node & 1) != 0 ? Rfc9162.node(sibling, hash) : Rfc9162.node(hash, sibling);
            node >>>= 1;
            last >>>= 1;
        }
        return hash;
    }

    /** Whether {@code leaf} is at the index of the tree with this {@code root}. */
    public boolean verifies(Digest leaf, Digest root) {
        return root(leaf).equals(root);
    }
}
