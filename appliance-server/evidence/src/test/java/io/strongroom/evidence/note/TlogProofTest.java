package io.strongroom.evidence.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.tree.InclusionProof;
import io.strongroom.evidence.tree.MemoryTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlogProofTest {
    private static final String ROOT = "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=";
    private static final SigningKey KEY = SigningKey.ofSeed(SigningAlgorithm.ED25519, new byte[32]);
    private static final NoteSigner LOG = NoteSigner.ed25519("a.example", KEY);

    @Test
    void aProofHoldsForItsLeafAtItsPlaceAndForNoOther() {
        MemoryTree tree = MemoryTree.of(9);
        SignedNote head = new Checkpoint("a.example", 9, tree.naiveRoot(0, 9)).sign(LOG);
        CheckpointVerifier verifier = new CheckpointVerifier(List.of(LOG.verifierKey()), List.of());
        for (int index = 0; index < 9; index++) {
            TlogProof proof = TlogProof.parse(new TlogProof(
                            Optional.empty(),
                            index,
                            InclusionProof.of(tree, index, 9).path(),
                            head)
                    .bytes());
            assertThat(proof.verify(tree.leaf(index), verifier).checkpoint().size())
                    .isEqualTo(9);
            for (int other = 0; other < 9; other++) {
                if (other != index) {
                    Digest leaf = tree.leaf(other);
                    assertThatExceptionOfType(NoteException.class).isThrownBy(() -> proof.verify(leaf, verifier));
                }
            }
        }
    }

    @Test
    void aProofFileHasAtMostAMebibyte() {
        SignedNote note = new Checkpoint("a.example", 1, Digest.of(new byte[] {1})).sign(LOG);
        int least = new TlogProof(Optional.of(""), 0, List.of(), note).bytes().length;
        int room = (1 << 20) - least;
        for (int most : new int[] {room / 4 * 4, room / 4 * 4 + 4}) {
            byte[] file = new TlogProof(Optional.of("A".repeat(most)), 0, List.of(), note).bytes();
            if (most <= room) {
                assertThat(TlogProof.parse(file).bytes()).isEqualTo(file);
            } else {
                assertThatExceptionOfType(NoteException.class).isThrownBy(() -> TlogProof.parse(file));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c2sp.org/tlog-proof@v2\nindex 0\n\n",
                "c2sp.org/tlog-proof@v11\nindex 0\n\n",
                "c2sp.org/tlog-proof@v1\n\n",
                "c2sp.org/tlog-proof@v1\nindex 00\n\n",
                "c2sp.org/tlog-proof@v1\nindex 1\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\n" + ROOT + "\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n",
                "c2sp.org/tlog-proof@v1\nextra A\nindex 0\n\n",
                "c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\n"
            })
    void malformedProofsAreRefused(String head) {
        SignedNote note = new Checkpoint("a.example", 1, Digest.of(new byte[] {1})).sign(LOG);
        TlogProof.parse(("c2sp.org/tlog-proof@v1\nindex 0\n\n" + note.render()).getBytes(StandardCharsets.UTF_8));
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> TlogProof.parse((head + note.render()).getBytes(StandardCharsets.UTF_8)));
    }
}
