package io.strongroom.evidence.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tree.MemoryTree;
import io.strongroom.evidence.tree.Rfc9162;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TileBuilderTest {
    private static final int SIZE = 66_000;

    private static Digest leaf(long i) {
        return Rfc9162.leaf(ByteBuffer.allocate(8).putLong(i).array());
    }

    @Test
    void eachFullTileOfEveryLevelIsGivenOnceAsItCompletes() {
        Map<TilePath, byte[]> tiles = new HashMap<>();
        List<TilePath> order = new ArrayList<>();
        TileBuilder builder = new TileBuilder((path, bytes) -> {
            assertThat(tiles.put(path, bytes)).isNull();
            order.add(path);
        });
        List<Digest> leaves = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            leaves.add(leaf(i));
            builder.append(leaves.get(i));
            if (i == 65_535) {
                assertThat(order.subList(255, 257)).containsExactly(TilePath.full(0, 255), TilePath.full(1, 0));
            }
        }
        assertThat(order).hasSize(SIZE / 256 + 1);
        for (TilePath path : builder.partialPaths()) {
            tiles.put(path, builder.partialTile(path));
        }
        assertThat(builder.partialPaths())
                .containsExactly(new TilePath(0, 257, 208), new TilePath(1, 1, 1), new TilePath(2, 0, 1));

        MemoryTree naive = MemoryTree.ofLeaves(leaves);
        TileHashes hashes = new TileHashes(path -> Objects.requireNonNull(tiles.get(path)), SIZE);
        assertThat(Rfc9162.root(hashes, SIZE)).isEqualTo(naive.naiveRoot(0, SIZE));
        for (int level = 0; level <= 16; level++) {
            long last = (SIZE >>> level) - 1;
            assertThat(hashes.hash(level, last)).isEqualTo(naive.hash(level, last));
            assertThat(hashes.hash(level, last / 2)).isEqualTo(naive.hash(level, last / 2));
            assertThatIllegalArgumentException().isThrownBy(() -> hashes.hash(16, 1));
        }
    }

    @Test
    void aBuilderResumedAtAnySizeGoesOnAsIfItHadNotStopped() {
        int end = 1_100;
        MemoryTree tree = MemoryTree.of(end);
        for (int stop : new int[] {0, 1, 255, 256, 257, 511, 512, 700, 1_024, 1_099}) {
            Map<TilePath, byte[]> whole = new HashMap<>();
            Map<TilePath, byte[]> resumed = new HashMap<>();
            TileBuilder first = new TileBuilder(whole::put);
            for (int i = 0; i < end; i++) {
                if (i == stop) {
                    whole.clear();
                }
                first.append(tree.leaf(i));
            }
            TileBuilder second = new TileBuilder(resumed::put, tree, stop);
            assertThat(second.size()).isEqualTo(stop);
            for (int i = stop; i < end; i++) {
                second.append(tree.leaf(i));
            }
            assertThat(resumed).containsOnlyKeys(whole.keySet());
            resumed.forEach((path, bytes) -> assertThat(bytes).isEqualTo(whole.get(path)));
            assertThat(second.partialPaths()).isEqualTo(first.partialPaths());
            for (TilePath path : second.partialPaths()) {
                assertThat(second.partialTile(path)).isEqualTo(first.partialTile(path));
            }
        }
    }

    @Test
    void aTileOfAnyOtherLengthIsRefused() {
        TileHashes shorter = new TileHashes(path -> new byte[32 * (path.width() - 1)], 10);
        TileHashes ragged = new TileHashes(path -> new byte[32 * path.width() + 1], 10);
        TileHashes longer = new TileHashes(path -> new byte[Tile.FULL_BYTES + 32], 10);
        for (TileHashes hashes : List.of(shorter, ragged, longer)) {
            assertThatIllegalArgumentException().isThrownBy(() -> hashes.hash(0, 0));
        }
    }

    @Test
    void aWiderTileThanAskedForIsCutToTheTreesSize() {
        MemoryTree tree = MemoryTree.of(20);
        byte[] wide = new byte[20 * Digest.BYTES];
        for (int i = 0; i < 20; i++) {
            tree.leaf(i).copyTo(wide, i * Digest.BYTES);
        }
        TileHashes hashes = new TileHashes(path -> wide, 11);
        assertThat(Rfc9162.root(hashes, 11)).isEqualTo(tree.naiveRoot(0, 11));
    }

    @Test
    void bundlesThatAreCutShortAreRefused() {
        byte[] bundle = EntryBundle.encode(List.of(new byte[] {1, 2, 3}, new byte[0], new byte[65_535]));
        assertThat(EntryBundle.parse(bundle)).hasSize(3);
        for (int cut : new int[] {0, 1, 2, 4, 6, bundle.length - 1}) {
            byte[] shorter = Arrays.copyOf(bundle, cut);
            assertThatIllegalArgumentException().isThrownBy(() -> EntryBundle.parse(shorter));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])));
        assertThatIllegalArgumentException().isThrownBy(() -> EntryBundle.encode(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> EntryBundle.parse(new byte[2 * 257]));
    }
}
