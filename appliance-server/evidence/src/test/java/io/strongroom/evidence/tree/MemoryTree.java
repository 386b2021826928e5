package io.strongroom.evidence.tree;

import io.strongroom.evidence.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A tree with all its leaf hashes in memory, whose root is written as RFC 9162 §2.1.1 defines it. */
public final class MemoryTree implements HashSource {
    private final List<Digest> leaves = new ArrayList<>();

    /** A tree of {@code size} distinct leaves. */
    public static MemoryTree of(int size) {
        MemoryTree tree = new MemoryTree();
        for (int i = 0; i < size; i++) {
            tree.leaves.add(Rfc9162.leaf(("leaf " + i).getBytes(StandardCharsets.UTF_8)));
        }
        return tree;
    }

    /** A tree of the given leaf hashes. */
    public static MemoryTree ofLeaves(List<Digest> leaves) {
        MemoryTree tree = new MemoryTree();
        tree.leaves.addAll(leaves);
        return tree;
    }

    public Digest leaf(int index) {
        return leaves.get(index);
    }

    public List<Digest> leaves() {
        return leaves;
    }

    /** MTH(D[from:to]). */
    public Digest naiveRoot(int from, int to) {
        if (from == to) {
            return Digest.of(new byte[0]);
        }
        if (to - from == 1) {
            return leaves.get(from);
        }
        int k = 1;
        while (2 * k < to - from) {
            k *= 2;
        }
        return Rfc9162.node(naiveRoot(from, from + k), naiveRoot(from + k, to));
    }

    @Override
    public Digest hash(int level, long index) {
        int from = Math.toIntExact(index << level);
        int to = Math.toIntExact(index + 1 << level);
        if (to > leaves.size()) {
            throw new IllegalArgumentException("no such subtree");
        }
        return naiveRoot(from, to);
    }
}
