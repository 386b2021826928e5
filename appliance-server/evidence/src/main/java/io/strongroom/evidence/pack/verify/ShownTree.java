package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.evidence.tree.Subtree;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a pack shows of the tree while it grew, found in one walk through the leaf hashes: the root that it had at some
 * sizes, and the leaves at some places. It shows the roots at all sizes within the range, and outside of it those at which
 * one of the complete subtrees ends that are told in the range's proof.
 *
 * @param roots by size; of those asked for, the ones that the pack shows
 * @param leaves by place, likewise
 */
record ShownTree(Map<Long, Digest> roots, Map<Long, Digest> leaves) {
    static final ShownTree NOTHING = new ShownTree(Map.of(), Map.of());

    private static final int LEAVES_AT_ONCE = 4096;

    /**
     * Walks through the leaf hashes, which the pack's checkpoint must have borne out.
     *
     * @throws EOFException if there are fewer of them than the range has
     */
    static ShownTree walk(Bag bag, RangeJson range, Collection<Long> sizes, Collection<Long> places)
            throws IOException {
        Walk walk = new Walk(sizes, places);
        List<Map.Entry<Subtree, Digest>> outside = range.proof().outside().entrySet().stream()
                .sorted(Comparator.comparing(subtree -> subtree.getKey().start()))
                .toList();
        for (var subtree : outside) {
            if (subtree.getKey().start() < range.proof().from()) {
                walk.step(subtree.getKey(), subtree.getValue());
            }
        }
        walk.leaves(bag, range.leaves(), range.proof().to());
        for (var subtree : outside) {
            if (subtree.getKey().start() >= range.proof().to()) {
                walk.step(subtree.getKey(), subtree.getValue());
            }
        }
        return new ShownTree(walk.roots, walk.found);
    }

    private static final class Walk {
        private final TreeSet<Long> sizes;
        private final TreeSet<Long> places;
        private final Map<Long, Digest> roots = new HashMap<>();
        private final Map<Long, Digest> found = new HashMap<>();
        private final Frontier frontier = new Frontier();

        Walk(Collection<Long> sizes, Collection<Long> places) {
            this.sizes = new TreeSet<>(sizes);
            this.places = new TreeSet<>(places);
            look();
        }

        private void look() {
            if (sizes.contains(frontier.size())) {
                roots.put(frontier.size(), frontier.root());
            }
        }

        void step(Subtree subtree, Digest hash) {
            frontier.appendSubtree(Long.numberOfTrailingZeros(subtree.size()), hash);
            look();
        }

        void leaves(Bag bag, String path, long to) throws IOException {
            byte[] chunk = new byte[LEAVES_AT_ONCE * Digest.BYTES];
            try (InputStream in = bag.open(path)) {
                while (frontier.size() < to) {
                    long from = frontier.size();
                    // Up to the next size that is asked for.
                    Long next = sizes.higher(from);
                    long until = Math.min(next == null ? to : Math.min(next, to), from + LEAVES_AT_ONCE);
                    int length = (int) (until - from) * Digest.BYTES;
                    if (in.readNBytes(chunk, 0, length) != length) {
                        throw new EOFException(path + " ends before the leaf at " + until);
                    }
                    for (long place : places.subSet(from, until)) {
                        found.put(place, Digest.ofBytes(chunk, (int) (place - from) * Digest.BYTES));
                    }
                    frontier.appendAll(chunk, 0, (int) (until - from));
                    look();
                }
            }
        }
    }
}
