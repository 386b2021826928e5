package io.strongroom.evidence.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.strongroom.evidence.Vectors;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.note.Cosignature;
import io.strongroom.evidence.note.KeyType;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.pack.write.PackFixture;
import io.strongroom.evidence.timestamp.TestAuthority;
import io.strongroom.evidence.timestamp.TimeRoot;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustFileTest {
    private static final String LOG =
            "log " + PackFixture.LOG_SIGNER.verifierKey().vkey() + "\n";
    private static final NoteSigner W1 = witness(11);
    private static final NoteSigner W2 = witness(12);
    private static final NoteSigner W3 = witness(13);

    private static NoteSigner witness(int fill) {
        return NoteSigner.ed25519Cosigner(
                "w" + fill + ".example", PackFixture.key(SigningAlgorithm.ED25519, fill), PackFixture.CLOCK);
    }

    private static String line(String name, NoteSigner signer) {
        return "witness " + name + " " + signer.verifierKey().vkey() + "\n";
    }

    private static TrustFile parse(String text) {
        return TrustFile.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theFileOfAFirstStartComesBackFromItsText() {
        TrustFile trust = PackFixture.trust();
        TrustFile again = parse(trust.render());
        assertThat(again).isEqualTo(trust);
        assertThat(trust.card())
                .contains("appliance.example/acme/00c0ffee", "ed25519", "ml-dsa-44", "Witnesses needed: none");
    }

    @Test
    void thePolicyOfTheVectorsNamesWitnessesByPlainKeysWhichCosign() {
        TrustFile trust = TrustFile.parse(Vectors.bytes("policy/example.policy"));
        Quorum quorum = trust.quorum();
        assertThat(quorum.name()).isEqualTo("g1");
        assertThat(quorum.witnesses())
                .extracting(
                        witness -> witness.key().name(),
                        witness -> witness.key().type(),
                        Quorum.Witness::url)
                .containsExactly(
                        tuple("sigsum.org", KeyType.ED25519_COSIGNATURE, "https://sigsum.org/witness/"),
                        tuple("example.com", KeyType.ED25519_COSIGNATURE, "https://example.com/witness/"));
        Set<VerifierKey> all =
                quorum.witnesses().stream().map(Quorum.Witness::key).collect(Collectors.toSet());
        assertThat(quorum.metBy(all)).isTrue();
        assertThat(quorum.metBy(Set.of(quorum.witnesses().getFirst().key()))).isFalse();
        assertThat(parse(trust.render())).isEqualTo(trust);
    }

    @Test
    void aWitnessNamedByAPlainKeyCountsByItsCosignatureAndNotByAPlainSignature() {
        SigningKey key = PackFixture.key(SigningAlgorithm.ED25519, 14);
        NoteSigner plain = NoteSigner.ed25519("w14.example", key);
        NoteSigner cosigner = NoteSigner.ed25519Cosigner("w14.example", key, PackFixture.CLOCK);
        TrustFile trust = parse(LOG + line("a", plain) + "quorum a\n");
        SignedNote note = PackFixture.log(3).checkpoint(3, PackFixture.LOG_SIGNER);
        assertThat(cosigners(trust, note.with(cosigner.sign(note.text())))).containsExactly(cosigner.verifierKey());
        assertThat(cosigners(trust, note.with(plain.sign(note.text())))).isEmpty();
    }

    private static List<VerifierKey> cosigners(TrustFile trust, SignedNote note) {
        return trust.checkpoints().verify(note).cosignatures().stream()
                .map(Cosignature::key)
                .toList();
    }

    @Test
    void aQuorumOfGroupsIsMetOnlyByEnoughOfEach() {
        TrustFile trust = parse(LOG + line("a", W1) + line("b", W2) + line("c", W3)
                + "group ab any a b\n  group\tall-of all ab c\n# a comment\n\nquorum all-of\nfleet c\n");
        assertThat(trust.quorum().metBy(Set.of(W1.verifierKey(), W3.verifierKey())))
                .isTrue();
        assertThat(trust.quorum().metBy(Set.of(W1.verifierKey(), W2.verifierKey())))
                .isFalse();
        assertThat(trust.quorum().metBy(Set.of(W3.verifierKey()))).isFalse();
        assertThat(trust.quorum().witnesses().get(2).fleet()).isTrue();
        assertThat(parse(trust.render())).isEqualTo(trust);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "quorum none\nquorum none\n",
                "quorum a\n",
                "log x\nquorum none\n",
                "unknown line\nquorum none\n",
                "LOG" + "LOG" + "quorum none\n",
                "W1quorum b\n",
                "W1W1quorum a\n",
                "W1group g 2 a\nquorum g\n",
                "W1group g 0 a\nquorum g\n",
                "W1group g any none\nquorum g\n",
                "W1group g any a a\nquorum g\n",
                "group g any a\nW1quorum g\n",
                "W1group a any a\nquorum a\n",
                "W1group g any a\ngroup h any a\nquorum g\n",
                "witness none W\nquorum none\n",
                "quorum none\r\n",
                "fleet a\nquorum none\n",
                "time maybe\nquorum none\n",
                "time-root a MAA=\nquorum none\n",
                "time-root a !\nquorum none\n",
                "approvals required\nquorum none\n",
                "approvals optional except\nquorum none\n",
                "approvals optional except sha256:\nquorum none\n",
                "OFFICERapprovals optional\napprovals optional\nquorum none\n",
                "OFFICERapprovals required besides x\nquorum none\n",
                "OFFICEROFFICERquorum none\n",
                "pack-key ed25519 2026-11-21T01:02:03.004Z - AAAA\nquorum none\n"
            })
    void malformedFilesAreRefused(String text) {
        String file = text.replace("LOG", LOG)
                .replace("W1", line("a", W1))
                .replace(
                        "OFFICER",
                        "officer ann 2026-11-21T01:02:03.004Z - "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                PackFixture.LOG.verifyingKey().spki())
                                + "\n");
        assertThatExceptionOfType(TrustException.class).isThrownBy(() -> parse(file));
    }

    @Test
    void timeRootsComeBackFromTheText() {
        TimeRoot root = new TestAuthority().root();
        TrustFile trust = parse(LOG + "quorum none\ntime required\ntime-root " + root.name() + " "
                + Base64.getEncoder().encodeToString(root.der()) + "\n");
        assertThat(trust.timeRoots()).containsExactly(root);
        assertThat(parse(trust.render())).isEqualTo(trust);
        assertThat(trust.card()).contains("Time-stamp root test", "Time-stamp needed: yes");
    }

    @Test
    void aMalformedLineIsNamed() {
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> parse("# one\n\nlog nonsense\nquorum none\n"))
                .withMessageContaining("line 3");
    }

    @Test
    void aKeyCountsOnlyWhileItIsValid() {
        Validity validity = new Validity(10, 20L);
        assertThat(validity.contains(9)).isFalse();
        assertThat(validity.contains(10)).isTrue();
        assertThat(validity.contains(19)).isTrue();
        assertThat(validity.contains(20)).isFalse();
        assertThat(new Validity(10, null).contains(Long.MAX_VALUE)).isTrue();
    }

    @Test
    void officersAndWhatTheyMustApproveComeBackFromTheText() {
        String key = Base64.getEncoder()
                .encodeToString(PackFixture.LOG.verifyingKey().spki());
        String bundle = "sha256:" + "0".repeat(64);
        TrustFile trust = parse(LOG + "quorum none\nofficer Ann@example.com 2026-11-21T01:02:03.004Z - " + key
                + "\napprovals required except " + bundle + "\n");
        assertThat(parse(trust.render())).isEqualTo(trust);
        assertThat(trust.card()).contains("Officer Ann@example.com, from 2026-11-21", "Approvals needed: yes");
        PersonId ann = new PersonId("ann@EXAMPLE.com");
        assertThat(trust.approvers().names(ann)).isTrue();
        assertThat(trust.approvers().at(ann, PackFixture.START)).hasSize(1);
        assertThat(trust.approvers().at(ann, PackFixture.START - 1)).isEmpty();
        assertThat(trust.approvers().exempt()).hasSize(1);
    }
}
