package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.evidence.tree.HashSource;
import io.strongroom.evidence.tree.Rfc9162;
import io.strongroom.evidence.tree.Subtree;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The hashes of a tree of which a pack has the leaves of one range, and what stands left and right of it. */
final class RangeHashes implements HashSource {
    private static final int LEAVES_AT_ONCE = 4096;

    private final Bag bag;
    private final RangeJson range;
    private final Map<Subtree, Digest> outside;

    RangeHashes(Bag bag, RangeJson range) {
        this.bag = bag;
        this.range = range;
        this.outside = range.proof().outside();
    }

    @Override
    public Digest hash(int level, long index) {
        Subtree subtree = new Subtree(index << level, index + 1 << level);
        Digest known = outside.get(subtree);
        if (known != null) {
            return known;
        }
        if (subtree.start() >= range.proof().from()
                && subtree.end() <= range.proof().to()) {
            try {
                return within(subtree);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (level == 0) {
            throw new IllegalArgumentException("the pack does not show the leaf at " + index);
        }
        return Rfc9162.node(hash(level - 1, 2 * index), hash(level - 1, 2 * index + 1));
    }

    private Digest within(Subtree subtree) throws IOException {
        Frontier frontier = new Frontier();
        byte[] chunk = new byte[Digest.BYTES * (int) Math.min(LEAVES_AT_ONCE, subtree.size())];
        try (InputStream leaves = bag.open(range.leaves())) {
            leaves.skipNBytes((subtree.start() - range.proof().from()) * Digest.BYTES);
            while (frontier.size() < subtree.size()) {
                // Subtrees are as large as a power of two, and so are chunks: each is filled.
                if (leaves.readNBytes(chunk, 0, chunk.length) != chunk.length) {
                    throw new EOFException(range.leaves() + " ends before the leaf at " + subtree.end());
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new IOException("reading the leaf hashes was interrupted");
                }
                frontier.appendAll(chunk, 0, chunk.length / Digest.BYTES);
            }
        }
        return frontier.root();
    }
}
