package io.strongroom.evidence.tree;

import io.strongroom.evidence.Digest;
import java.util.List;

/**
 * That the tree of {@code to} leaves grew from the tree of {@code from} leaves (RFC 9162 §2.1.4).
 *
 * @param from the older size, at least 0
 * @param to the newer size, at least {@code from}
 * @param path the hashes; none if the sizes are equal or {@code from} is 0
 */
public record ConsistencyProof(long from, long to, List<Digest> path) {
    /**
     * @throws IllegalArgumentException if the sizes are out of order or the path has not the one possible length
     */
    public ConsistencyProof {
        path = List.copyOf(path);
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("no tree grows from size " + from + " to " + to);
        }
        new SubtreeProof(new Subtree(0, from), to, path);
    }

    /** Makes the proof. */
    public static ConsistencyProof of(HashSource hashes, long from, long to) {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("no tree grows from size " + from + " to " + to);
        }
        return new ConsistencyProof(
                from, to, SubtreeProof.of(hashes, new Subtree(0, from), to).path());
    }

    /** Whether the tree with {@code toRoot} grew from the one with {@code fromRoot}; every tree grew from the empty one. */
    public boolean verifies(Digest fromRoot, Digest toRoot) {
        return new SubtreeProof(new Subtree(0, from), to, path).verifies(fromRoot, toRoot);
    }
}
