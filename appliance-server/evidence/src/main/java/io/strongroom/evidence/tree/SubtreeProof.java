package io.strongroom.evidence.tree;

import io.strongroom.evidence.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * That a subtree is part of the tree of {@code size} leaves (draft-ietf-plants-merkle-tree-certs §4.4). For a
 * subtree that starts at 0 it is RFC 9162's consistency proof.
 *
 * @param subtree the leaves
 * @param size leaves in the tree, at least the subtree's end
 * @param path the hashes, from the lowest up
 */
public record SubtreeProof(Subtree subtree, long size, List<Digest> path) {
    /**
     * @throws IllegalArgumentException if the subtree is not in the tree or the path has not the one possible length
     */
    public SubtreeProof {
        path = List.copyOf(path);
        if (subtree.end() > size) {
            throw new IllegalArgumentException(subtree + " is not in a tree of size " + size);
        }
        int expected = pathLength(subtree.start(), subtree.end(), size, true);
        if (path.size() != expected) {
            throw new IllegalArgumentException("the proof of " + subtree + " in size " + size + " has " + expected
                    + " hashes, not " + path.size());
        }
    }

    private static int pathLength(long start, long end, long size, boolean known) {
        if (start == end) {
            return 0;
        }
        if (start == 0 && end == size) {
            return known ? 0 : 1;
        }
        long k = Rfc9162.split(size);
        if (end <= k) {
            return 1 + pathLength(start, end, k, known);
        }
        if (k <= start) {
            return 1 + pathLength(start - k, end - k, size - k, known);
        }
        return 1 + pathLength(0, end - k, size - k, false);
    }

    /** Makes the proof. */
    public static SubtreeProof of(HashSource hashes, Subtree subtree, long size) {
        if (subtree.end() > size) {
            throw new IllegalArgumentException(subtree + " is not in a tree of size " + size);
        }
        if (subtree.size() == 0) {
            return new SubtreeProof(subtree, size, List.of());
        }
        List<Digest> path = new ArrayList<>();
        collect(hashes, subtree.start(), subtree.end(), 0, size, true, path);
        return new SubtreeProof(subtree, size, path);
    }

    // SUBTREE_SUBPROOF(start, end, D[from:to], known), with all four counted in the whole tree.
    private static void collect(
            HashSource hashes, long start, long end, long from, long to, boolean known, List<Digest> path) {
        if (start == from && end == to) {
            if (!known) {
                path.add(Rfc9162.root(hashes, from, to));
            }
            return;
        }
        long split = from + Rfc9162.split(to - from);
        if (end <= split) {
            collect(hashes, start, end, from, split, known, path);
            path.add(Rfc9162.root(hashes, split, to));
        } else if (split <= start) {
            collect(hashes, start, end, split, to, known, path);
            path.add(Rfc9162.root(hashes, from, split));
        } else {
            // The alignment of a subtree leaves only start == from here.
            collect(hashes, split, end, split, to, false, path);
            path.add(Rfc9162.root(hashes, from, split));
        }
    }

    /** Whether the subtree with hash {@code subtreeHash} is in the tree with this {@code root}. */
    public boolean verifies(Digest subtreeHash, Digest root) {
        if (subtree.size() == 0) {
            return subtreeHash.equals(Rfc9162.EMPTY_ROOT) && (size > 0 || root.equals(Rfc9162.EMPTY_ROOT));
        }
        Walk walk = new Walk(subtreeHash);
        walk.climb(subtree.start(), subtree.end(), size, true, path.size());
        return walk.small.equals(subtreeHash) && walk.large.equals(root);
    }

    /** Computes the hash of the subtree and of the tree at once, from the innermost hash of the path out. */
    private final class Walk {
        private Digest small;
        private Digest large;

        Walk(Digest known) {
            small = known;
            large = known;
        }

        void climb(long start, long end, long width, boolean known, int used) {
            if (start == 0 && end == width) {
                if (!known) {
                    small = path.getFirst();
                    large = small;
                }
                return;
            }
            Digest outer = path.get(used - 1);
            long k = Rfc9162.split(width);
            if (end <= k) {
                climb(start, end, k, known, used - 1);
                large = Rfc9162.node(large, outer);
            } else if (k <= start) {
                climb(start - k, end - k, width - k, known, used - 1);
                large = Rfc9162.node(outer, large);
            } else {
                climb(0, end - k, width - k, false, used - 1);
                small = Rfc9162.node(outer, small);
                large = Rfc9162.node(outer, large);
            }
        }
    }
}
