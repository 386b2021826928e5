package io.strongroom.evidence.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Vectors;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MerkleVectorsTest {
    @Test
    void inclusionProofsVerifyExactlyAsTheVectorsSay() throws IOException {
        int seen = check("inclusion", c -> new InclusionProof(number(c, "leafIdx"), number(c, "treeSize"), proof(c))
                .verifies(hash(c, "leafHash"), hash(c, "root")));
        assertThat(seen).isGreaterThan(80);
    }

    @Test
    void consistencyProofsVerifyExactlyAsTheVectorsSay() throws IOException {
        int seen = check("consistency", c -> new ConsistencyProof(number(c, "size1"), number(c, "size2"), proof(c))
                .verifies(hash(c, "root1"), hash(c, "root2")));
        assertThat(seen).isGreaterThan(80);
    }

    @Test
    void subtreeInclusionProofsVerifyExactlyAsTheVectorsSay() throws IOException {
        int seen = check("subtreeinclusion", c -> {
            Subtree subtree = new Subtree(number(c, "start"), number(c, "end"));
            return new InclusionProof(subtree.offsetOf(number(c, "leafIdx")), subtree.size(), proof(c))
                    .verifies(hash(c, "leafHash"), hash(c, "root"));
        });
        assertThat(seen).isGreaterThan(150);
    }

    @Test
    void subtreeProofsVerifyExactlyAsTheVectorsSay() throws IOException {
        int seen = check("subtreeconsistency", c -> new SubtreeProof(
                        new Subtree(number(c, "start"), number(c, "end")), number(c, "size"), proof(c))
                .verifies(hash(c, "root1"), hash(c, "root2")));
        assertThat(seen).isGreaterThan(60);
    }

    @Test
    void theEightReferenceLeavesHaveTheReferenceRoots() {
        CanonicalObject reference = CanonicalObject.of(Vectors.bytes("merkle-rfc6962/reference-tree-8.json"));
        List<String> inputs = strings(reference.require("leaf_inputs_hex"));
        List<String> hashes = strings(reference.require("leaf_hashes_hex"));
        List<String> roots = strings(reference.require("roots_hex_by_size_0_to_8"));
        Frontier frontier = new Frontier();
        assertThat(frontier.root().hex()).isEqualTo(roots.getFirst());
        for (int i = 0; i < inputs.size(); i++) {
            Digest leaf = Rfc9162.leaf(HexFormat.of().parseHex(inputs.get(i)));
            assertThat(leaf.hex()).isEqualTo(hashes.get(i));
            frontier.append(leaf);
            assertThat(frontier.root().hex()).isEqualTo(roots.get(i + 1));
        }
    }

    private static int check(String folder, Predicate<CanonicalObject> verifies) throws IOException {
        int seen = 0;
        try (Stream<Path> files = Files.walk(Vectors.path("merkle-rfc6962/" + folder))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                // A few indices are beyond 2^53; as strings they are read as what they are, no index of ours.
                String json = Files.readString(file).replaceAll(": (\\d{16,})", ": \"$1\"");
                CanonicalObject vector = CanonicalObject.of(json.getBytes(StandardCharsets.UTF_8));
                boolean refused = vector.require("wantErr").reader().bool();
                // Some vectors give a random root of twelve bytes where the proof does not depend on it. A digest
                // has 32 bytes and nothing else, so these are refused.
                boolean strange = !refused && hasStrangeHash(vector);
                assertThat(verifies(verifies, vector)).as(file.toString()).isEqualTo(!refused && !strange);
                seen++;
            }
        }
        return seen;
    }

    private static boolean verifies(Predicate<CanonicalObject> verifies, CanonicalObject vector) {
        try {
            return verifies.test(vector);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean hasStrangeHash(CanonicalObject vector) {
        JsonSlice root = vector.get("root2");
        return root != null && Base64.getDecoder().decode(root.string()).length != Digest.BYTES;
    }

    private static long number(CanonicalObject vector, String name) {
        try {
            return vector.require(name).integer();
        } catch (JsonException tooLarge) {
            throw new IllegalArgumentException(tooLarge);
        }
    }

    private static Digest hash(CanonicalObject vector, String name) {
        return Digest.ofBytes(Base64.getDecoder().decode(vector.require(name).string()));
    }

    private static List<Digest> proof(CanonicalObject vector) {
        JsonSlice proof = vector.require("proof");
        return proof.kind() == JsonToken.NULL
                ? List.of()
                : strings(proof).stream()
                        .map(text -> Digest.ofBytes(Base64.getDecoder().decode(text)))
                        .toList();
    }

    private static List<String> strings(JsonSlice array) {
        List<String> strings = new ArrayList<>();
        JsonReader reader = array.reader();
        reader.beginArray();
        while (reader.hasNext()) {
            strings.add(reader.string());
        }
        reader.endArray();
        return strings;
    }
}
