package io.strongroom.evidence.tile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Vectors;
import io.strongroom.evidence.tree.ConsistencyProof;
import io.strongroom.evidence.tree.Frontier;
import io.strongroom.evidence.tree.InclusionProof;
import io.strongroom.evidence.tree.Rfc9162;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class TileVectorsTest {
    private static final String MIRROR =
            "tlog-tiles-300/witness/mirror/000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706";

    /** Partial tiles in these logs lie where their paths say, and wider ones are not needed. */
    private static TileSource folder(Path folder) {
        return path -> {
            try {
                return Files.readAllBytes(folder.resolve(path.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static Digest root(String checkpoint) {
        return Digest.ofBytes(
                Base64.getDecoder().decode(checkpoint.lines().toList().get(2)));
    }

    @Test
    void everySizeOfTheSmallLogHasTheRootOfItsCheckpoint() {
        TileSource tiles = folder(Vectors.path("tlog-tiles-15"));
        for (int size = 1; size <= 15; size++) {
            Digest root = root(Vectors.text("tlog-tiles-15/checkpoint." + size));
            TileHashes hashes = new TileHashes(tiles, size);
            assertThat(Rfc9162.root(hashes, size)).isEqualTo(root);

            List<byte[]> entries = EntryBundle.parse(Vectors.bytes("tlog-tiles-15/" + TilePath.entries(0, size)));
            assertThat(entries).hasSize(size);
            Frontier frontier = new Frontier();
            for (int i = 0; i < size; i++) {
                assertThat(Rfc9162.leaf(entries.get(i))).isEqualTo(hashes.hash(0, i));
                frontier.append(Rfc9162.leaf(entries.get(i)));
                assertThat(InclusionProof.of(hashes, i, size).verifies(Rfc9162.leaf(entries.get(i)), root))
                        .isTrue();
            }
            assertThat(frontier.root()).isEqualTo(root);
            assertThat(EntryBundle.encode(entries))
                    .isEqualTo(Vectors.bytes("tlog-tiles-15/" + TilePath.entries(0, size)));
        }
    }

    @Test
    void theSmallLogGrewAsItsCheckpointsSay() {
        TileHashes hashes = new TileHashes(folder(Vectors.path("tlog-tiles-15")), 15);
        Digest last = root(Vectors.text("tlog-tiles-15/checkpoint.15"));
        for (int from = 0; from <= 15; from++) {
            Digest root = root(Vectors.text("tlog-tiles-15/checkpoint." + from));
            assertThat(ConsistencyProof.of(hashes, from, 15).verifies(root, last))
                    .isTrue();
        }
    }

    @Test
    void inclusionProofsAreThoseOfTheDerivedProofFiles() {
        TileHashes hashes = new TileHashes(folder(Vectors.path("tlog-tiles-15")), 15);
        for (int index = 0; index < 15; index++) {
            List<Digest> expected = new ArrayList<>();
            for (String line : Vectors.text("tlog-tiles-15/derived/" + index + ".tlog-proof")
                    .lines()
                    .skip(2)
                    .takeWhile(line -> !line.isEmpty())
                    .toList()) {
                expected.add(Digest.ofBytes(Base64.getDecoder().decode(line)));
            }
            assertThat(InclusionProof.of(hashes, index, 15).path()).isEqualTo(expected);
        }
    }

    @Test
    void theMirroredLogOf300HasTheRootOfItsCheckpointAndOurBuilderMakesItsTiles() {
        TileSource tiles = folder(Vectors.path(MIRROR));
        TileHashes hashes = new TileHashes(tiles, 300);
        assertThat(Rfc9162.root(hashes, 300)).isEqualTo(root(Vectors.text(MIRROR + "/checkpoint")));

        List<TilePath> full = new ArrayList<>();
        TileBuilder builder = new TileBuilder((path, bytes) -> {
            full.add(path);
            assertThat(bytes).isEqualTo(tiles.tile(path));
        });
        for (int i = 0; i < 300; i++) {
            builder.append(hashes.hash(0, i));
        }
        assertThat(full).containsExactly(TilePath.full(0, 0));
        assertThat(builder.partialPaths()).containsExactly(new TilePath(0, 1, 44), new TilePath(1, 0, 1));
        for (TilePath path : builder.partialPaths()) {
            assertThat(builder.partialTile(path)).isEqualTo(tiles.tile(path));
        }
    }

    @Test
    void entriesOfTheSmallLogAreTheWordsThatWereAdded() {
        List<byte[]> entries = EntryBundle.parse(Vectors.bytes("tlog-tiles-15/tile/entries/000.p/15"));
        assertThat(entries).extracting(entry -> new String(entry, UTF_8)).startsWith("one", "two", "three");
    }
}
