package io.strongroom.evidence.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class CosignedTest {
    private static SigningKey key(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return SigningKey.ofSeed(SigningAlgorithm.ED25519, bytes);
    }

    @Test
    void aWitnessSawTheTreeWhenItFirstSaidSo() {
        Checkpoint checkpoint = new Checkpoint("a.example", 1, Digest.of(new byte[] {1}));
        NoteSigner log = NoteSigner.ed25519("a.example", key(1));
        List<NoteSignature> seen = new ArrayList<>(List.of(log.sign(checkpoint.text())));
        VerifierKey witness = log.verifierKey();
        for (int time : new int[] {30, 20, 40}) {
            NoteSigner then =
                    NoteSigner.ed25519Cosigner("w.example", key(2), InstantSource.fixed(Instant.ofEpochSecond(time)));
            seen.add(then.sign(checkpoint.text()));
            witness = then.verifierKey();
        }
        VerifiedCheckpoint verified = new CheckpointVerifier(List.of(log.verifierKey()), List.of(witness))
                .verify(new SignedNote(checkpoint.text(), seen));
        assertThat(verified.cosignatures()).containsExactly(new Cosignature(witness, Instant.ofEpochSecond(20)));
        assertThat(verified.furtherSigners()).isEmpty();
    }

    @Test
    void whatSignsPlainlyIsNoWitness() {
        VerifierKey plain = NoteSigner.ed25519("w.example", key(2)).verifierKey();
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> new CheckpointVerifier(List.of(plain), List.of(plain)));
    }

    /** As C2SP tlog-cosignature writes them, byte by byte: other people's witnesses sign these, too. */
    @Test
    void whatACosignatureIsOverIsWhatTheSpecificationSays() throws IOException {
        Digest root = Digest.of(new byte[] {1});
        String text = new Checkpoint("a.example", 300, root).text();
        VerifierKey witness = NoteSigner.ed25519Cosigner("w.example", key(2), InstantSource.system())
                .verifierKey();
        assertThat(new String(Cosigned.message(witness, 1_767_139_200, text), StandardCharsets.UTF_8))
                .isEqualTo("cosignature/v1\ntime 1767139200\na.example\n300\n"
                        + Base64.getEncoder().encodeToString(root.bytes()) + "\n");

        VerifierKey mlDsa = NoteSigner.mlDsa44(
                        "w.example",
                        SigningKey.ofSeed(SigningAlgorithm.ML_DSA_44, new byte[32]),
                        InstantSource.system())
                .verifierKey();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write("subtree/v1\n\0\u0009w.example".getBytes(StandardCharsets.US_ASCII));
        message.write(ByteBuffer.allocate(8).putLong(1_767_139_200).array());
        message.write("\u0009a.example".getBytes(StandardCharsets.US_ASCII));
        message.write(ByteBuffer.allocate(16).putLong(8, 300).array());
        message.write(root.bytes());
        assertThat(Cosigned.message(mlDsa, 1_767_139_200, text)).isEqualTo(message.toByteArray());
    }

    @Test
    void aCosignatureIsOverACheckpointAndOfATimeThatIs() {
        NoteSigner witness = NoteSigner.ed25519Cosigner("w.example", key(2), InstantSource.system());
        assertThatExceptionOfType(NoteException.class).isThrownBy(() -> witness.sign("any text\n"));
        String text = "any text\n";
        byte[] over = ("cosignature/v1\ntime 7\n" + text).getBytes(StandardCharsets.UTF_8);
        byte[] signature =
                ByteBuffer.allocate(72).putLong(7).put(key(2).sign(over)).array();
        assertThat(witness.verifierKey().verify(text, signature)).isFalse();

        text = new Checkpoint("a.example", 1, Digest.of(new byte[] {1})).text();
        over = ("cosignature/v1\ntime -7\n" + text).getBytes(StandardCharsets.UTF_8);
        signature = ByteBuffer.allocate(72).putLong(-7).put(key(2).sign(over)).array();
        assertThat(witness.verifierKey().verify(text, signature)).isFalse();
        for (int length : new int[] {0, 7, 8, 71, 73}) {
            NoteSignature odd = new NoteSignature(
                    "w.example", witness.verifierKey().keyId(), Arrays.copyOf(signature, Math.max(1, length)));
            assertThat(witness.verifierKey().verify(text, odd.bytes())).isFalse();
            assertThat(witness.verifierKey().timestamp(odd)).isEmpty();
        }
    }
}
