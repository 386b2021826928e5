package io.strongroom.evidence.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strongroom.evidence.Vectors;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.key.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    private static final SigningKey KEY = SigningKey.ofSeed(SigningAlgorithm.ED25519, new byte[32]);
    private static final NoteSigner SIGNER = NoteSigner.ed25519("log.example/a", KEY);

    @Test
    void theSpecificationsExampleVerifies() {
        VerifierKey key =
                VerifierKey.parse(Vectors.text("signed-note/spec-example.vkey").strip());
        byte[] bytes = Vectors.bytes("signed-note/spec-example.note");
        SignedNote note = SignedNote.parse(bytes);
        assertThat(note.text()).isEqualTo("This is an example message.\n");
        assertThat(note.verifiedBy(List.of(key))).containsExactly(key);
        assertThat(note.bytes()).isEqualTo(bytes);
    }

    @Test
    void theHybridCheckpointVerifiesUnderAllThreeKeysAndEachSeedGivesItsKey() {
        String json = Vectors.text("signed-note/hybrid-checkpoint.json");
        SignedNote note = SignedNote.parse(Vectors.bytes("signed-note/hybrid-checkpoint.note"));
        VerifierKey ed25519 = VerifierKey.parse(Vectors.member(json, "log_vkey"));
        VerifierKey mlDsa = VerifierKey.parse(Vectors.member(json, "log_mldsa44_vkey"));
        VerifierKey witness = VerifierKey.parse(Vectors.member(json, "witness_vkey"));

        VerifiedCheckpoint verified = new CheckpointVerifier(List.of(ed25519, mlDsa), List.of(witness)).verify(note);
        assertThat(verified.logKeys()).containsExactly(ed25519, mlDsa);
        assertThat(verified.signedWith(KeyType.ML_DSA_44_COSIGNATURE)).isTrue();
        assertThat(verified.checkpoint().size()).isEqualTo(15);
        assertThat(verified.cosignatures())
                .containsExactly(new Cosignature(witness, Instant.ofEpochSecond(1_767_139_200)));

        assertThat(HexFormat.of().formatHex(Cosigned.message(mlDsa, 1_767_139_200, note.text())))
                .isEqualTo(Vectors.member(json, "mldsa_cosigned_message_hex"));
        assertThat(HexFormat.of().formatHex(Cosigned.message(witness, 1_767_139_200, note.text())))
                .isEqualTo(Vectors.member(json, "cosignature_v1_message_hex"));
        InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(1_767_139_200));
        String name = ed25519.name();
        NoteSigner log = NoteSigner.ed25519(name, seed(json, "log_ed25519_seed_hex", SigningAlgorithm.ED25519));
        NoteSigner pq = NoteSigner.mlDsa44(name, seed(json, "mldsa44_seed_hex", SigningAlgorithm.ML_DSA_44), clock);
        NoteSigner agent = NoteSigner.ed25519Cosigner(
                witness.name(), seed(json, "witness_ed25519_seed_hex", SigningAlgorithm.ED25519), clock);
        assertThat(log.verifierKey()).isEqualTo(ed25519);
        assertThat(pq.verifierKey()).isEqualTo(mlDsa);
        assertThat(agent.verifierKey()).isEqualTo(witness);
        // Ed25519 is deterministic, so the bytes are the same; ML-DSA is randomised and only verifies.
        assertThat(note.signatures()).contains(log.sign(note.text()), agent.sign(note.text()));
        assertThat(mlDsa.verify(note.text(), pq.sign(note.text()).bytes())).isTrue();
        assertThat(VerifierKey.parse(mlDsa.vkey())).isEqualTo(mlDsa);
    }

    private static SigningKey seed(String json, String member, SigningAlgorithm algorithm) {
        return SigningKey.ofSeed(algorithm, HexFormat.of().parseHex(Vectors.member(json, member)));
    }

    @Test
    void aVkeyWhoseKeyIdIsNotThatOfItsKeyIsRefused() {
        String vkey = Vectors.text("signed-note/NEGATIVE-mldsa44-vkey-wrong-keyid.txt")
                .strip();
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> VerifierKey.parse(vkey))
                .withMessageContaining("31236897");
    }

    @Test
    void aVkeySplitsAtItsFirstTwoPlusSigns() {
        for (int i = 0; i < 64; i++) {
            byte[] seed = new byte[32];
            seed[0] = (byte) i;
            VerifierKey key = NoteSigner.ed25519("n", SigningKey.ofSeed(SigningAlgorithm.ED25519, seed))
                    .verifierKey();
            assertThat(VerifierKey.parse(key.vkey())).isEqualTo(key);
        }
    }

    @Test
    void aSignatureThatFailsUnderAKnownKeyRefusesTheNoteThoughAnotherHolds() {
        SigningKey other = SigningKey.ofSeed(SigningAlgorithm.ED25519, filled(7));
        NoteSigner second = NoteSigner.ed25519("other.example", other);
        SignedNote note = new SignedNote("text\n", List.of(SIGNER.sign("text\n"), second.sign("other text\n")));
        assertThat(note.verifiedBy(List.of(SIGNER.verifierKey()))).hasSize(1);
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> note.verifiedBy(List.of(SIGNER.verifierKey(), second.verifierKey())));
    }

    @Test
    void aSecondBadSignatureOfAKnownKeyRefusesTheNote() {
        SignedNote note = new SignedNote("text\n", List.of(SIGNER.sign("text\n"), SIGNER.sign("other\n")));
        assertThatExceptionOfType(NoteException.class).isThrownBy(() -> note.verifiedBy(List.of(SIGNER.verifierKey())));
    }

    @Test
    void signaturesOfUnknownKeysAreIgnoredThoughTheyShareANameOrAnId() {
        NoteSignature good = SIGNER.sign("text\n");
        SignedNote note = new SignedNote(
                "text\n",
                List.of(
                        good,
                        new NoteSignature("log.example/a", 1, good.bytes()),
                        new NoteSignature("other", good.keyId(), new byte[] {1, 2, 3})));
        assertThat(note.verifiedBy(List.of(SIGNER.verifierKey()))).hasSize(1);
    }

    @Test
    void theTextMayHoldEmptyLinesAndEndsBeforeTheLastOne() {
        String text = "Ognuno sta solo\n\ned è subito sera.\n";
        SignedNote note = SignedNote.parse(SignedNote.sign(text, SIGNER).bytes());
        assertThat(note.text()).isEqualTo(text);
        assertThat(note.verifiedBy(List.of(SIGNER.verifierKey()))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text\n",
                "text\n\n",
                "text\n\n— a AAAAAAA=",
                "text\n\n- a AAAAAAA=\n",
                "text\n\n—a AAAAAAA=\n",
                "text\n\n— AAAAAAA=\n",
                "text\n\n— a \n",
                "text\n\n— a AAAA\n",
                "text\n\n— a AAAAAA==\n",
                "text\n\n— a AAAAAAA\n",
                "text\n\n— a AAAAAAB=\n",
                "text\n\n— a  AAAAAAA=\n",
                "text\n\n— a+b AAAAAAA=\n",
                "text\n\n— a\u00a0b AAAAAAA=\n",
                "text\n\n— a AAAAAAA= \n",
                "text\r\n\n— a AAAAAAA=\n",
                "te\tt\n\n— a AAAAAAA=\n",
                "text\n\n— a AAAAAAA=\n— b\n"
            })
    void malformedNotesAreRefused(String note) {
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> SignedNote.parse(note.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void malformedKeysAreRefused() {
        String good = SIGNER.verifierKey().vkey();
        String name = good.substring(0, good.indexOf('+'));
        String id = good.substring(name.length() + 1, name.length() + 9);
        String key = good.substring(name.length() + 10);
        assertThat(VerifierKey.parse(name + "+" + id + "+" + key)).isEqualTo(SIGNER.verifierKey());
        assertThat(id).containsPattern("[a-f]");
        byte[] typed = Base64.getDecoder().decode(key);
        byte[] unknown = typed.clone();
        unknown[0] = 0x7f;
        for (String vkey : List.of(
                "",
                name,
                name + "+" + id,
                name + "+" + id + "+",
                name + "+" + id.substring(1) + "+" + key,
                name + "+" + id.toUpperCase(Locale.ROOT) + "+" + key,
                name + "+" + id + "0+" + key,
                name + "++" + key,
                "+" + id + "+" + key,
                "a b+" + id + "+" + key,
                "b" + name + "+" + id + "+" + key,
                good + "\n",
                name + "+" + id + "+" + Base64.getEncoder().encodeToString(unknown),
                name + "+" + id + "+" + Base64.getEncoder().encodeToString(Arrays.copyOf(typed, 32)),
                name + "+" + id + "+" + Base64.getEncoder().encodeToString(Arrays.copyOf(typed, 1)))) {
            assertThatExceptionOfType(NoteException.class).as(vkey).isThrownBy(() -> VerifierKey.parse(vkey));
        }
    }

    @Test
    void aKeyHasANameThatCanStandInALineAndTheAlgorithmOfItsType() {
        for (String name : List.of("", "a b", "a+b", "a\nb", "a\u0001b", "a\u0085b", "a\u00a0b", "a\u2003b")) {
            assertThatExceptionOfType(NoteException.class)
                    .as(name)
                    .isThrownBy(() -> VerifierKey.of(name, KeyType.ED25519, KEY.verifyingKey()));
            assertThatExceptionOfType(NoteException.class)
                    .as(name)
                    .isThrownBy(() -> new NoteSignature(name, 1, new byte[] {1}));
        }
        VerifyingKey mlDsa =
                SigningKey.ofSeed(SigningAlgorithm.ML_DSA_44, new byte[32]).verifyingKey();
        assertThat(VerifierKey.of("x".repeat(255), KeyType.ML_DSA_44_COSIGNATURE, mlDsa)
                        .name())
                .hasSize(255);
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> VerifierKey.of("x".repeat(256), KeyType.ML_DSA_44_COSIGNATURE, mlDsa));
        assertThatExceptionOfType(NoteException.class).isThrownBy(() -> VerifierKey.of("x", KeyType.ED25519, mlDsa));
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> VerifierKey.of("x", KeyType.ML_DSA_44_COSIGNATURE, KEY.verifyingKey()));
    }

    @Test
    void aNoteHasAtMostAHundredSignaturesAndHalfAMebibyte() {
        NoteSignature signature = new NoteSignature("w", 1, new byte[] {1});
        List<NoteSignature> most = Collections.nCopies(SignedNote.MAX_SIGNATURES, signature);
        assertThat(SignedNote.parse(new SignedNote("text\n", most).bytes()).signatures())
                .hasSize(SignedNote.MAX_SIGNATURES);
        for (List<NoteSignature> wrong :
                List.of(List.<NoteSignature>of(), Collections.nCopies(SignedNote.MAX_SIGNATURES + 1, signature))) {
            assertThatExceptionOfType(NoteException.class).isThrownBy(() -> new SignedNote("text\n", wrong));
        }
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> new SignedNote("no newline", List.of(signature)));
        byte[] most512 = sized(SignedNote.MAX_BYTES);
        assertThat(SignedNote.parse(most512).bytes()).isEqualTo(most512);
        assertThatExceptionOfType(NoteException.class)
                .isThrownBy(() -> SignedNote.parse(sized(SignedNote.MAX_BYTES + 1)));
    }

    private static byte[] sized(int bytes) {
        int least = SignedNote.sign("\n", SIGNER).bytes().length;
        return SignedNote.sign("x".repeat(bytes - least) + "\n", SIGNER).bytes();
    }

    @Test
    void signaturesAreTheSameIfNameIdAndBytesAre() {
        NoteSignature one = new NoteSignature("w", 1, new byte[] {1});

        assertThat(one).isEqualTo(new NoteSignature("w", 1, new byte[] {1}));
        assertThat(List.of(
                        new NoteSignature("v", 1, new byte[] {1}),
                        new NoteSignature("w", 2, new byte[] {1}),
                        new NoteSignature("w", 1, new byte[] {2})))
                .doesNotContain(one);
        assertThatExceptionOfType(NoteException.class).isThrownBy(() -> new NoteSignature("w", 1, new byte[0]));
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        byte[] bytes = SignedNote.sign("text\n", SIGNER).bytes();
        bytes[0] = (byte) 0xff;
        assertThatExceptionOfType(NoteException.class).isThrownBy(() -> SignedNote.parse(bytes));
    }

    @Test
    void sixteenPostQuantumSignaturesAreTaken() {
        NoteSignature large = new NoteSignature("w", 1, new byte[5000]);
        SignedNote note = SignedNote.sign("text\n", SIGNER);
        for (int i = 0; i < 16; i++) {
            note = note.with(large);
        }
        assertThat(SignedNote.parse(note.bytes())).isEqualTo(note);
    }

    private static byte[] filled(int value) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) value);
        return seed;
    }
}
