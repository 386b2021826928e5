package io.strongroom.evidence.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Vectors;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.tree.Rfc9162;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String ROOT = "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=";

    @Test
    void everyCheckpointOfTheLogOfFifteenVerifies() {
        CheckpointVerifier verifier = fifteen();
        for (int size = 0; size <= 15; size++) {
            SignedNote note = SignedNote.parse(Vectors.bytes("tlog-tiles-15/checkpoint." + size));
            assertThat(verifier.verify(note).checkpoint().size()).isEqualTo(size);
        }
    }

    @Test
    void everyDerivedProofOfTheLogOfFifteenVerifiesAndNoOtherLeafDoes() {
        var entries = Pattern.compile("\"([^\"]*)\"").matcher(Vectors.text("tlog-tiles-15/entries.json"));
        for (int index = 0; index < 15; index++) {
            assertThat(entries.find()).isTrue();
            byte[] bytes = Vectors.bytes("tlog-tiles-15/derived/" + index + ".tlog-proof");
            TlogProof proof = TlogProof.parse(bytes);
            Digest leaf = Rfc9162.leaf(entries.group(1).getBytes(StandardCharsets.UTF_8));
            assertThat(proof.index()).isEqualTo(index);
            assertThat(proof.verify(leaf, fifteen()).checkpoint().size()).isEqualTo(15);
            assertThat(proof.bytes()).isEqualTo(bytes);
            assertThatExceptionOfType(NoteException.class)
                    .isThrownBy(() -> proof.verify(Rfc9162.leaf(new byte[] {1}), fifteen()));
            TlogProof elsewhere = index == 14
                    ? proof
                    : new TlogProof(Optional.empty(), index ^ 1, proof.hashes(), proof.checkpoint());
            if (index != 14) {
                assertThatExceptionOfType(NoteException.class).isThrownBy(() -> elsewhere.verify(leaf, fifteen()));
            }
        }
    }

    private static CheckpointVerifier fifteen() {
        return new CheckpointVerifier(
                List.of(VerifierKey.parse(Vectors.text("tlog-tiles-15/LOG.vkey").strip())), List.of());
    }

    @Test
    void theWitnessesOfTheLogOfThreeHundredCosigned() {
        String folder = "tlog-tiles-300/";
        assertCosigned(
                folder + "witness/witness.v0.json",
                folder + "witness/000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706/checkpoint");
        assertCosigned(
                folder + "witness2/witness.v0.json",
                folder + "witness2/88ad7a28caeb0b2aa890fdf0304c2fcaf59fca2ee140134ff8c1300bac493482/checkpoint");
        assertCosigned(
                folder + "witness/mirror/mirror.v0.json",
                folder + "witness/mirror/000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706/checkpoint");
    }

    private static void assertCosigned(String about, String checkpoint) {
        var vkey = Pattern.compile("\"([^\"]+\\+[0-9a-f]{8}\\+[^\"]+)\"").matcher(Vectors.text(about));
        assertThat(vkey.find()).isTrue();
        VerifierKey key = VerifierKey.parse(vkey.group(1));
        SignedNote note = SignedNote.parse(Vectors.bytes(checkpoint));
        assertThat(key.type()).isEqualTo(KeyType.ED25519_COSIGNATURE);
        assertThat(note.verifiedBy(List.of(key))).containsExactly(key);
        assertThat(Checkpoint.parseText(note.text()).size()).isEqualTo(300);
    }

    @Test
    void aDecoyIsNoNote() {
        byte[] decoy = Vectors.bytes("tlog-tiles-300/witness/checkpoint");
        assertThatExceptionOfType(NoteException.class).isThrownBy(() -> SignedNote.parse(decoy));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "log\n",
                "log\n5\n",
                "log\n5\n" + ROOT,
                "log\n5\n" + ROOT + "\nextension\n",
                "log\n5\n" + ROOT + "\nextension",
                "log\n5\n" + ROOT + "\n\n",
                "\n5\n" + ROOT + "\n",
                "log\n05\n" + ROOT + "\n",
                "log\n-5\n" + ROOT + "\n",
                "log\n+5\n" + ROOT + "\n",
                "log\n٥\n" + ROOT + "\n",
                "log\n9223372036854775808\n" + ROOT + "\n",
                "log\n5\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383c==\n",
                "log\n5\nAAAA\n",
                "log\n0\n" + ROOT + "\n"
            })
    void malformedCheckpointsAreRefused(String text) {
        assertThatExceptionOfType(NoteException.class).isThrownBy(() -> Checkpoint.parseText(text));
    }

    @Test
    void anOriginOfMoreThanTwoHundredBytesIsRefused() {
        Digest root = Digest.of(new byte[] {1});
        assertThat(new Checkpoint("é".repeat(100), 1, root).text()).startsWith("é");
        assertThatExceptionOfType(NoteException.class).isThrownBy(() -> new Checkpoint("é".repeat(100) + "a", 1, root));
    }

    /** Whatever an origin says, the text has three lines, and they are those that were meant. */
    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\tb", "a\u0000b", "a\u001fb", "a\r"})
    void anOriginWithAControlCharacterOrNoneIsRefused(String origin) {
        Digest root = Digest.of(new byte[] {1});
        assertThatExceptionOfType(NoteException.class).isThrownBy(() -> new Checkpoint(origin, 1, root));
        assertThatExceptionOfType(NoteException.class).isThrownBy(() -> new Checkpoint("a", -1, root));
    }

    private static SigningKey key(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return SigningKey.ofSeed(SigningAlgorithm.ED25519, bytes);
    }

    @Test
    void aCheckpointThatNoTrustedKeySignedIsRefusedThoughItsNameIsTheLogs() {
        Checkpoint checkpoint = new Checkpoint("a.example", 1, Digest.of(new byte[] {1}));
        NoteSigner log = NoteSigner.ed25519("a.example", key(1));
        NoteSigner witness = NoteSigner.ed25519Cosigner("w.example", key(2), InstantSource.system());
        CheckpointVerifier verifier =
                new CheckpointVerifier(List.of(log.verifierKey()), List.of(witness.verifierKey()));
        assertThat(verifier.verify(checkpoint.sign(log)).logKeys()).containsExactly(log.verifierKey());
        for (NoteSigner other : List.of(NoteSigner.ed25519("a.example", key(3)), witness)) {
            assertThatExceptionOfType(NoteException.class).isThrownBy(() -> verifier.verify(checkpoint.sign(other)));
        }
    }

    @Test
    void aLogsKeyUnderAnotherNameDoesNotOpenItsCheckpoint() {
        SigningKey key = SigningKey.ofSeed(SigningAlgorithm.ED25519, new byte[32]);
        SignedNote note =
                new Checkpoint("a.example", 1, Digest.of(new byte[] {1})).sign(NoteSigner.ed25519("b.example", key));
        CheckpointVerifier verifier = new CheckpointVerifier(
                List.of(VerifierKey.of("b.example", KeyType.ED25519, key.verifyingKey())), List.of());
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> verifier.verify(note))
                .withMessageContaining("no trusted log has the origin a.example");
    }
}
