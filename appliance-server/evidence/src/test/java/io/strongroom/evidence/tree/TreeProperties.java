package io.strongroom.evidence.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.strongroom.evidence.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class TreeProperties {
    private static final int SIZE = 1100;
    private static final MemoryTree TREE = MemoryTree.of(SIZE);

    private static Digest flip(Digest digest, int bit) {
        byte[] bytes = digest.bytes();
        bytes[(bit >>> 3) % Digest.BYTES] ^= (byte) (1 << (bit & 7));
        return Digest.ofBytes(bytes);
    }

    private static List<Digest> flip(List<Digest> path, int which, int bit) {
        List<Digest> changed = new ArrayList<>(path);
        changed.set(which % path.size(), flip(path.get(which % path.size()), bit));
        return changed;
    }

    @Example
    void theFrontierHasTheNaiveRootAtEverySize() {
        Frontier frontier = new Frontier();
        for (int size = 0; size <= SIZE; size++) {
            Digest root = TREE.naiveRoot(0, size);
            assertThat(frontier.size()).isEqualTo(size);
            assertThat(frontier.root()).as("size %d", size).isEqualTo(root);
            assertThat(Frontier.ofBytes(frontier.toBytes()).root()).isEqualTo(root);
            assertThat(Frontier.ofBytes(frontier.toBytes()).toBytes()).isEqualTo(frontier.toBytes());
            assertThat(Frontier.of(TREE, size).toBytes()).isEqualTo(frontier.toBytes());
            assertThat(Rfc9162.root(TREE, size)).isEqualTo(root);
            if (size < SIZE) {
                frontier.append(TREE.leaf(size));
            }
        }
    }

    /** Lines {@code <size> <root hex>}, calculated by another program for leaves {@code leaf 0}, {@code leaf 1}, …. */
    @Example
    void theRootsAreThoseOfTheGoldenFile() throws IOException {
        try (InputStream in = Objects.requireNonNull(TreeProperties.class.getResourceAsStream("/golden/roots.txt"))) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            assertThat(lines).hasSize(9);
            for (String line : lines) {
                String[] parts = line.split(" ");
                Digest root = Rfc9162.root(TREE, Integer.parseInt(parts[0]));
                assertThat(root.hex()).as(parts[0]).isEqualTo(parts[1]);
            }
        }
    }

    @Property(tries = 100)
    void appendingManyIsAppendingEach(@ForAll @IntRange(max = 600) int first, @ForAll @IntRange(max = 500) int more) {
        byte[] leaves = new byte[(first + more) * Digest.BYTES];
        for (int i = 0; i < first + more; i++) {
            TREE.leaf(i).copyTo(leaves, i * Digest.BYTES);
        }
        Frontier frontier = new Frontier();
        frontier.appendAll(leaves, 0, first);
        Frontier before = frontier.copy();
        frontier.appendAll(leaves, first * Digest.BYTES, more);

        assertThat(frontier.root()).isEqualTo(TREE.naiveRoot(0, first + more));
        assertThat(before.root()).isEqualTo(TREE.naiveRoot(0, first));
    }

    @Property(tries = 300)
    void inclusionIsProvedAndNoChangedBitIs(
            @ForAll @IntRange(min = 1, max = SIZE) int size, @ForAll @IntRange(max = 100_000) int n, @ForAll int bit) {
        int index = n % size;
        Digest root = TREE.naiveRoot(0, size);
        InclusionProof proof = InclusionProof.of(TREE, index, size);

        assertThat(proof.verifies(TREE.leaf(index), root)).isTrue();
        assertThat(proof.verifies(flip(TREE.leaf(index), bit), root)).isFalse();
        assertThat(proof.verifies(TREE.leaf(index), flip(root, bit))).isFalse();
        if (size > 1) {
            InclusionProof changed = new InclusionProof(index, size, flip(proof.path(), n, bit));
            assertThat(changed.verifies(TREE.leaf(index), root)).isFalse();
            int other = (index + 1) % size;
            if (InclusionProof.pathLength(other, size) == proof.path().size()) {
                assertThat(new InclusionProof(other, size, proof.path()).verifies(TREE.leaf(index), root))
                        .isFalse();
            }
            List<Digest> longer = new ArrayList<>(proof.path());
            longer.add(root);
            assertThatIllegalArgumentException().isThrownBy(() -> new InclusionProof(index, size, longer));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> InclusionProof.of(TREE, size, size));
    }

    @Property(tries = 300)
    void growthIsProvedAndNoChangedBitIs(
            @ForAll @IntRange(max = SIZE) int a, @ForAll @IntRange(max = SIZE) int b, @ForAll int bit) {
        int from = Math.min(a, b);
        int to = Math.max(a, b);
        Digest fromRoot = TREE.naiveRoot(0, from);
        Digest toRoot = TREE.naiveRoot(0, to);
        ConsistencyProof proof = ConsistencyProof.of(TREE, from, to);

        assertThat(proof.verifies(fromRoot, toRoot)).isTrue();
        assertThat(proof.verifies(flip(fromRoot, bit), toRoot)).isFalse();
        if (from > 0 || to == 0) {
            assertThat(proof.verifies(fromRoot, flip(toRoot, bit))).isFalse();
        }
        if (!proof.path().isEmpty()) {
            ConsistencyProof changed = new ConsistencyProof(from, to, flip(proof.path(), bit & 0xffff, bit));
            assertThat(changed.verifies(fromRoot, toRoot)).isFalse();
        }
    }

    @Property(tries = 300)
    void subtreesAreProvedAndNoChangedBitIs(
            @ForAll @IntRange(min = 1, max = SIZE) int size,
            @ForAll @IntRange(max = 10) int level,
            @ForAll @IntRange(max = 100_000) int n,
            @ForAll int bit) {
        int start = (n % size) >>> level << level;
        int width = level == 0 ? 1 : (1 << level - 1) + 1 + n % (1 << level - 1);
        int end = Math.min(size, start + width);
        Subtree subtree = new Subtree(start, end);
        SubtreeProof proof = SubtreeProof.of(TREE, subtree, size);
        Digest hash = TREE.naiveRoot(start, end);
        Digest root = TREE.naiveRoot(0, size);

        assertThat(proof.verifies(hash, root)).isTrue();
        assertThat(proof.verifies(flip(hash, bit), root)).isFalse();
        assertThat(proof.verifies(hash, flip(root, bit))).isFalse();
        if (!proof.path().isEmpty()) {
            assertThat(new SubtreeProof(subtree, size, flip(proof.path(), n, bit)).verifies(hash, root))
                    .isFalse();
        }
        int index = start + n % (end - start);
        InclusionProof inside = InclusionProof.of(TREE, index, subtree);
        assertThat(inside.verifies(TREE.leaf(index), hash)).isTrue();
    }

    @Property(tries = 300)
    void allLeavesOfARangeAreTiedToTheRoot(
            @ForAll @IntRange(max = SIZE) int a,
            @ForAll @IntRange(max = SIZE) int b,
            @ForAll @IntRange(max = SIZE) int c,
            @ForAll int bit) {
        int[] sorted = {a, b, c};
        Arrays.sort(sorted);
        int from = sorted[0];
        int to = sorted[1];
        int size = sorted[2];
        Digest root = TREE.naiveRoot(0, size);
        RangeProof proof = RangeProof.of(TREE, from, to, size);
        List<Digest> range = TREE.leaves().subList(from, to);

        assertThat(verifies(proof, range, root)).isTrue();
        if (size > 0) {
            assertThat(verifies(proof, range, flip(root, bit))).isFalse();
        }
        if (from < to) {
            assertThat(verifies(proof, flip(range, bit & 0xffff, bit), root)).isFalse();
            assertThat(verifies(proof, range.subList(1, range.size()), root)).isFalse();
            List<Digest> more = new ArrayList<>(range);
            more.add(root);
            assertThatIllegalStateException().isThrownBy(() -> verifies(proof, more, root));
        }
        if (!proof.left().isEmpty()) {
            RangeProof changed = new RangeProof(from, to, size, flip(proof.left(), bit & 0xffff, bit), proof.right());
            assertThat(verifies(changed, range, root)).isFalse();
        }
        if (!proof.right().isEmpty()) {
            RangeProof changed = new RangeProof(from, to, size, proof.left(), flip(proof.right(), bit & 0xffff, bit));
            assertThat(verifies(changed, range, root)).isFalse();
            List<Digest> shorter = proof.right().subList(1, proof.right().size());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RangeProof(from, to, size, proof.left(), shorter));
        }
    }

    private static boolean verifies(RangeProof proof, List<Digest> leaves, Digest root) {
        RangeProof.Verifier verifier = proof.verifier();
        leaves.forEach(verifier::leaf);
        return verifier.verifies(root);
    }

    private static List<Digest> hashes(int count) {
        return TREE.leaves().subList(0, count);
    }

    @Example
    void aProofHasTheOnePossibleLengthAndIsOfALeafInTheTree() {
        for (int size = 0; size < 20; size++) {
            for (int index = -2; index < size + 2; index++) {
                boolean there = index >= 0 && index < size;
                int length = there ? InclusionProof.of(TREE, index, size).path().size() : -1;
                for (int count = 0; count < 8; count++) {
                    assertRefusedUnless(count == length, index, size, count);
                }
            }
        }
    }

    @Example
    void aPlaceBelowZeroIsRefusedHoweverLongItsProof() {
        assertRefusedUnless(false, -1, 5, 128);
    }

    private static void assertRefusedUnless(boolean good, long index, long size, int count) {
        if (good) {
            assertThat(new InclusionProof(index, size, hashes(count)).path()).hasSize(count);
        } else {
            assertThatIllegalArgumentException()
                    .as("%d of %d", index, size)
                    .isThrownBy(() -> new InclusionProof(index, size, hashes(count)));
        }
    }

    @Example
    void aSubtreeIsAlignedAndInTheTreeAndItsProofHasTheOnePossibleLength() {
        for (int start = 0; start < 18; start++) {
            for (int end = start; end < 20; end++) {
                int ceiling = 1;
                while (ceiling < end - start) {
                    ceiling *= 2;
                }
                int from = start;
                int to = end;
                if (start % ceiling != 0) {
                    assertThatIllegalArgumentException().isThrownBy(() -> new Subtree(from, to));
                    continue;
                }
                for (int size = 0; size < 20; size++) {
                    assertOnlyProof(new Subtree(from, to), size);
                }
            }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Subtree(-8, -4));
        assertThatIllegalArgumentException().isThrownBy(() -> new Subtree(4, 3));
    }

    private static void assertOnlyProof(Subtree subtree, int size) {
        int length = subtree.end() <= size
                ? SubtreeProof.of(TREE, subtree, size).path().size()
                : -1;
        for (int count = 0; count < 8; count++) {
            List<Digest> path = hashes(count);
            if (count == length) {
                assertThat(new SubtreeProof(subtree, size, path).path()).hasSize(count);
            } else {
                assertThatIllegalArgumentException().isThrownBy(() -> new SubtreeProof(subtree, size, path));
            }
        }
    }

    @Example
    void aRangeIsInTheTreeAndHasAllSubtreesBesideItAndNoMore() {
        for (int size = 0; size < 12; size++) {
            for (int from = -1; from < size + 2; from++) {
                for (int to = -1; to < size + 2; to++) {
                    boolean there = from >= 0 && from <= to && to <= size;
                    RangeProof proof = there ? RangeProof.of(TREE, from, to, size) : null;
                    for (int count = 0; count < 64; count++) {
                        int left = count % 8;
                        int right = count / 8;
                        boolean good = proof != null
                                && proof.left().size() == left
                                && proof.right().size() == right;
                        assertRefusedUnless(good, from, to, size, left, right);
                    }
                }
            }
        }
        assertRefusedUnless(false, -1, 0, 1, 64, 1);
    }

    @Property(tries = 100)
    void aTreeThatNoMachineHoldsGrowsFromItsEdge(@ForAll @LongRange(min = 1, max = Long.MAX_VALUE / 4) long size) {
        List<Digest> peaks = hashes(Long.bitCount(size));
        Frontier frontier = Frontier.of(size, peaks);
        Digest root = peaks.getLast();
        for (Digest peak : peaks.subList(0, peaks.size() - 1).reversed()) {
            root = Rfc9162.node(peak, root);
        }
        assertThat(frontier.root()).isEqualTo(root);
        assertThat(frontier.copy().root()).isEqualTo(root);
        assertThat(Frontier.ofBytes(frontier.toBytes()).root()).isEqualTo(root);

        Digest more = Digest.of(new byte[] {1});
        int level = Long.numberOfTrailingZeros(size);
        frontier.appendSubtree(level, more);
        List<Digest> grown = new ArrayList<>(peaks);
        for (Digest merged = more; ; level++) {
            if ((size >>> level & 1) == 0) {
                grown.add(merged);
                break;
            }
            merged = Rfc9162.node(grown.removeLast(), merged);
        }
        assertThat(frontier.toBytes())
                .isEqualTo(Frontier.of(frontier.size(), grown).toBytes());
    }

    private static void assertRefusedUnless(boolean good, long from, long to, long size, int left, int right) {
        if (good) {
            assertThat(new RangeProof(from, to, size, hashes(left), hashes(right)).left())
                    .hasSize(left);
        } else {
            assertThatIllegalArgumentException()
                    .as("[%d, %d) of %d", from, to, size)
                    .isThrownBy(() -> new RangeProof(from, to, size, hashes(left), hashes(right)));
        }
    }

    @Example
    void malformedFrontiersAreRefused() {
        byte[] good = Frontier.of(TREE, 5).toBytes();
        assertThatIllegalArgumentException().isThrownBy(() -> Frontier.ofBytes(new byte[7]));
        assertThatIllegalArgumentException().isThrownBy(() -> Frontier.ofBytes(Arrays.copyOf(good, good.length - 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Frontier.ofBytes(Arrays.copyOf(good, good.length + 32)));
        good[0] = -1;
        assertThatIllegalArgumentException().isThrownBy(() -> Frontier.ofBytes(good));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Frontier.of(TREE, 5).appendSubtree(1, TREE.leaf(0)));
        for (int count : new int[] {0, 1, 3}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Frontier.of(5, hashes(count)));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Frontier.of(-1, hashes(64)));
    }
}
