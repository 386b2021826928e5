package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.Attachment;
import io.strongroom.evidence.pack.write.PackDescription;
import io.strongroom.evidence.pack.write.PackFixture;
import io.strongroom.evidence.pack.write.PackWriter;
import io.strongroom.evidence.timestamp.TestAuthority;
import io.strongroom.evidence.tree.InclusionProof;
import io.strongroom.evidence.trust.Approvers;
import io.strongroom.evidence.trust.TrustFile;
import io.strongroom.evidence.trust.Validity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackVerifierTest {
    private static final PackFixture LOG = PackFixture.log(40);

    @TempDir
    Path folder;

    private Ladder verify(byte[] pack, @Nullable TrustFile trust) throws IOException {
        Path file = folder.resolve("pack.zip");
        Files.write(file, pack);
        return new PackVerifier(trust, Set.of()).verify(file);
    }

    @Test
    void aPackOfTheWholeLogHoldsOnEveryRung() throws IOException {
        Ladder ladder = verify(LOG.pack(0, 40), PackFixture.trust());
        assertThat(ladder.failure()).isEmpty();
        assertThat(ladder.verdicts()).allMatch(Verdict::held);
        assertThat(ladder.exitCode()).isZero();
        assertThat(ladder.facts().records()).isEqualTo(40);
        assertThat(ladder.facts().notSelected().count()).isZero();
        assertThat(ladder.facts().fields()).isEqualTo(new PackFacts.Fields(14, 14, 0));
        assertThat(ladder.facts().policiesNotHere()).isEmpty();
    }

    @Test
    void aPackInTheMiddleSaysHowManyPlacesWereLeftOutAndWhere() throws IOException {
        byte[] pack = PackFixture.pack(
                LOG.describe(5, 30),
                LOG.source(5, 30, seq -> seq >= 7 && seq != 12 && seq < 28, seq -> seq != 9 && seq != 10),
                null);
        Ladder ladder = verify(pack, PackFixture.trust());
        assertThat(ladder.failure()).isEmpty();
        assertThat(ladder.exitCode()).isZero();
        assertThat(ladder.facts().notSelected())
                .isEqualTo(new PackFacts.Places(
                        5,
                        List.of(new PackFacts.Range(5, 6), new PackFacts.Range(12, 12), new PackFacts.Range(28, 29)),
                        false));
        assertThat(ladder.facts().bodiesLeftOut().ranges()).containsExactly(new PackFacts.Range(9, 10));
    }

    @Test
    void withoutATrustFileAPackIsOnlyConsistentWithItself() throws IOException {
        Ladder ladder = verify(LOG.pack(0, 40), null);
        assertThat(ladder.failure()).isEmpty();
        assertThat(ladder.signerTrusted()).isFalse();
        assertThat(ladder.exitCode()).isEqualTo(3);
    }

    @Test
    void anEmptySelectionAndAnEmptyRangeHold() throws IOException {
        byte[] none = PackFixture.pack(LOG.describe(3, 9), LOG.source(3, 9, seq -> false, seq -> true), null);
        assertThat(verify(none, PackFixture.trust()).exitCode()).isZero();
        byte[] empty = PackFixture.pack(LOG.describe(3, 3), LOG.source(3, 3, seq -> true, seq -> true), null);
        assertThat(verify(empty, PackFixture.trust()).exitCode()).isZero();
    }

    @Test
    void aPackThatDisclosesWhatItSaysIsLeftOutFails() throws IOException {
        Ladder ladder = verify(
                PackFixture.pack(
                        LOG.withholding(0, 40, "/attributes"), LOG.source(0, 40, seq -> true, seq -> true), null),
                PackFixture.trust());
        assertThat(ladder.exitCode()).isEqualTo(1);
        assertThat(ladder.verdict(Rung.SIGNED).held()).isTrue();
        assertThat(ladder.verdict(Rung.RECORDED).held()).isFalse();
        assertThat(ladder.failure().orElseThrow().found()).contains("/attributes/", "the manifest says is left out");

        byte[] elsewhere = PackFixture.pack(
                LOG.withholding(0, 40, "/attributes/e", "/other"), LOG.source(0, 40, seq -> true, seq -> true), null);
        assertThat(verify(elsewhere, PackFixture.trust()).exitCode()).isZero();
        assertThat(PackStatement.of(folder.resolve("pack.zip"), PackFixture.trust())
                        .withheld())
                .containsExactly("/attributes/e", "/other");
    }

    @Test
    void manyPartsHold() throws IOException {
        byte[] pack = PackFixture.pack(LOG.describe(0, 40), LOG.source(0, 40, seq -> true, seq -> true), 2_000L);
        Ladder ladder = verify(pack, PackFixture.trust());
        assertThat(ladder.failure()).isEmpty();
        assertThat(ladder.facts().records()).isEqualTo(40);
    }

    @Test
    void witnessesAreFoundAndFailThePackOnlyWhereTheTrustFileDemandsThem() throws IOException {
        NoteSigner witness = NoteSigner.ed25519Cosigner(
                "w.example", PackFixture.key(SigningAlgorithm.ED25519, 9), PackFixture.CLOCK);
        SignedNote alone = LOG.checkpoint(40, PackFixture.LOG_SIGNER, PackFixture.LOG_PQ_SIGNER);
        SignedNote seen = alone.with(witness.sign(alone.text()));
        String known = PackFixture.trust()
                .render()
                .replace("quorum none\n", "witness w " + witness.verifierKey().vkey() + "\n");
        TrustFile optional = TrustFile.parse((known + "quorum none\n").getBytes(StandardCharsets.UTF_8));
        TrustFile demanded = TrustFile.parse((known + "fleet w\nquorum w\n").getBytes(StandardCharsets.UTF_8));
        byte[] without = PackFixture.pack(LOG.describe(0, 9, alone), LOG.source(0, 9, s -> true, s -> true), null);
        byte[] with = PackFixture.pack(LOG.describe(0, 9, seen), LOG.source(0, 9, s -> true, s -> true), null);

        assertThat(verify(without, optional).exitCode()).isZero();
        assertThat(verify(without, demanded).exitCode()).isEqualTo(1);
        assertThat(verify(without, demanded).verdicts()).allMatch(Verdict::held);
        assertThat(verify(with, demanded).exitCode()).isZero();
        assertThat(verify(with, demanded).findings().getFirst().text())
                .contains("Fleet witnesses, enrolled by this operator");
        assertThat(verify(with, optional).findings().getFirst().text()).startsWith("Outside witnesses");
        TrustFile timed = TrustFile.parse(PackFixture.trust()
                .render()
                .replace("time optional", "time required")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(verify(with, timed).exitCode()).isEqualTo(1);
    }

    @Test
    void oneWitnessIsNotTwo() throws IOException {
        NoteSigner one = NoteSigner.ed25519Cosigner(
                "w.example", PackFixture.key(SigningAlgorithm.ED25519, 9), PackFixture.CLOCK);
        NoteSigner two = NoteSigner.ed25519Cosigner(
                "x.example", PackFixture.key(SigningAlgorithm.ED25519, 10), PackFixture.CLOCK);
        SignedNote alone = LOG.checkpoint(40, PackFixture.LOG_SIGNER, PackFixture.LOG_PQ_SIGNER);
        SignedNote seen = alone.with(one.sign(alone.text()));
        SignedNote seenByBoth = seen.with(two.sign(alone.text()));
        String lines = "witness w " + one.verifierKey().vkey() + "\nwitness x "
                + two.verifierKey().vkey() + "\ngroup both all w x\nquorum both\n";
        TrustFile trust = TrustFile.parse(
                PackFixture.trust().render().replace("quorum none\n", lines).getBytes(StandardCharsets.UTF_8));
        for (SignedNote note : List.of(alone, seen, seenByBoth)) {
            byte[] pack = PackFixture.pack(LOG.describe(0, 9, note), LOG.source(0, 9, s -> true, s -> true), null);
            Ladder ladder = verify(pack, trust);
            assertThat(ladder.failure()).isEmpty();
            assertThat(ladder.exitCode()).isEqualTo(note == seenByBoth ? 0 : 1);
        }
    }

    @Test
    void aTimeStampCountsUnderARootOfTheTrustFileForTheCheckpointsVeryBytes() throws IOException {
        TestAuthority authority = new TestAuthority();
        SignedNote note = LOG.checkpoint(40, PackFixture.LOG_SIGNER, PackFixture.LOG_PQ_SIGNER);
        byte[] stamped = timed(note, authority.stamp(note.bytes()));
        byte[] elsewhere = timed(note, authority.stamp("another note".getBytes(StandardCharsets.UTF_8)));
        String root = "time-root authority "
                + Base64.getEncoder().encodeToString(authority.root().der()) + "\n";
        TrustFile known = TrustFile.parse((PackFixture.trust().render() + root).getBytes(StandardCharsets.UTF_8));
        TrustFile demanded = TrustFile.parse(
                (known.render().replace("time optional", "time required")).getBytes(StandardCharsets.UTF_8));
        assertThat(demanded.timeDemanded()).isTrue();

        Finding held = timed(verify(stamped, demanded));
        assertThat(held.held()).isTrue();
        assertThat(held.text())
                .isEqualTo(
                        "The time-stamp authority CN=Test authority saw this checkpoint at 2026-11-21T01:02:03.500Z, "
                                + "give or take 1.5 s; the root authority of the trust file vouches for it.");
        assertThat(verify(stamped, demanded).exitCode()).isZero();

        assertThat(timed(verify(elsewhere, known)).text()).contains("the token is for other bytes");
        assertThat(verify(elsewhere, known).exitCode()).isZero();
        assertThat(verify(elsewhere, demanded).exitCode()).isEqualTo(1);
        assertThat(timed(verify(timed(note, new byte[10]), known)).text()).contains("does not show");
        for (TrustFile trust : new TrustFile[] {PackFixture.trust(), null}) {
            assertThat(timed(verify(stamped, trust)).held()).isFalse();
            assertThat(timed(verify(stamped, trust)).text()).contains("no authority is known");
        }
        assertThat(timed(verify(LOG.pack(0, 9), known)).text()).startsWith("Local clock only");
    }

    private static byte[] timed(SignedNote note, byte[] token) {
        Attachment file = Attachment.of(PackLayout.timeStamp(PackLayout.checkpoint(40)), token);
        return PackFixture.pack(LOG.describe(0, 9, note, file), LOG.source(0, 9, s -> true, s -> true), null);
    }

    private static Finding timed(Ladder ladder) {
        assertThat(ladder.failure()).isEmpty();
        return ladder.findings().stream()
                .filter(finding -> finding.kind() == Finding.Kind.TIMED)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCheckpointIsSignedWithBothKeysOfTheLogThatTheTrustFileOrThePackNames() throws IOException {
        for (NoteSigner only : List.of(PackFixture.LOG_SIGNER, PackFixture.LOG_PQ_SIGNER)) {
            byte[] pack = PackFixture.pack(
                    LOG.describe(0, 9, LOG.checkpoint(40, only)), LOG.source(0, 9, s -> true, s -> true), null);
            for (TrustFile trust : new TrustFile[] {PackFixture.trust(), null}) {
                Ladder ladder = verify(pack, trust);
                assertThat(ladder.verdict(Rung.RECORDED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
                assertThat(ladder.failure().orElseThrow().file()).isEqualTo("checkpoints/40.note");
            }
        }
    }

    @Test
    void thatAnotherLogHasAnMlDsaKeyAsksNothingOfThisOne() throws IOException {
        NoteSigner other = NoteSigner.mlDsa44("b.example/acme/0", PackFixture.LOG_PQ, PackFixture.CLOCK);
        PackDescription plain = LOG.describe(0, 9, LOG.checkpoint(40, PackFixture.LOG_SIGNER));
        TrustFile trust = TrustFile.of(
                List.of(PackFixture.LOG_SIGNER.verifierKey(), other.verifierKey()),
                List.of(PackFixture.PACK.verifyingKey(), PackFixture.PACK_PQ.verifyingKey()),
                PackFixture.START - 1000);
        byte[] pack = PackFixture.pack(plain, LOG.source(0, 9, s -> true, s -> true), null);
        assertThat(verify(pack, trust).exitCode()).isZero();
    }

    @Test
    void aLongRangeIsReadInPiecesAndItsEntriesFollowOneAnotherAcrossThem() throws IOException {
        PackFixture log = PackFixture.log(4_200);
        assertThat(verify(log.pack(3, 4_200), PackFixture.trust()).exitCode()).isZero();
    }

    @Test
    void aPackKeyThatIsNoLongerValidDoesNotSign() throws IOException {
        TrustFile trust = PackFixture.trust();
        TrustFile ended = new TrustFile(
                trust.logs(),
                trust.packKeys().stream()
                        .map(key -> new TrustFile.PackKey(
                                key.key(), new Validity(key.validity().from(), PackFixture.START + 1)))
                        .toList(),
                trust.quorum(),
                List.of(),
                false,
                Approvers.NONE);
        Ladder ladder = verify(LOG.pack(0, 9), ended);
        assertThat(ladder.verdict(Rung.SIGNED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(ladder.failure().orElseThrow().found()).contains("not valid when the pack was made");
    }

    @Test
    void erasureRecordsInThePackCountOnlyWithTheirProofs() throws IOException {
        PackFixture log = PackFixture.log(4);
        String digests = log.disclosures(3).stream()
                .map(disclosure -> '"' + disclosure.digest() + '"')
                .collect(Collectors.joining(","));
        log.system("system.erasure", "{\"digests\":[" + digests + "]}");
        SignedNote head = log.checkpoint(5, PackFixture.LOG_SIGNER, PackFixture.LOG_PQ_SIGNER);
        byte[] proof = TlogProof.of(log.entry(4), InclusionProof.of(log.hashes(), 4, 5), head)
                .bytes();
        byte[] record = log.record(4);
        byte[] pack = PackFixture.pack(
                log.describe(
                        0,
                        4,
                        new Attachment("data/erasures/4.json", record.length, () -> new ByteArrayInputStream(record)),
                        new Attachment(
                                "data/erasures/4.tlog-proof", proof.length, () -> new ByteArrayInputStream(proof))),
                log.source(0, 4, s -> true, s -> true),
                null);
        assertThat(verify(pack, PackFixture.trust()).facts().fields()).isEqualTo(new PackFacts.Fields(2, 0, 2));

        byte[] other = log.record(2);
        byte[] forged = PackFixture.pack(
                log.describe(
                        0,
                        4,
                        new Attachment("data/erasures/4.json", other.length, () -> new ByteArrayInputStream(other)),
                        new Attachment(
                                "data/erasures/4.tlog-proof", proof.length, () -> new ByteArrayInputStream(proof))),
                log.source(0, 4, s -> true, s -> true),
                null);
        Ladder ladder = verify(forged, PackFixture.trust());
        assertThat(ladder.verdict(Rung.RECORDED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(ladder.failure().orElseThrow().file()).isEqualTo("data/erasures/4.json");
    }

    @Test
    void aLongPackIsWrittenInBlocksOrDeflatedAndHoldsEitherWay() throws IOException {
        PackFixture log = PackFixture.log(500, 4_000);
        byte[] pack = log.pack(0, 500);
        assertThat(verify(pack, PackFixture.trust()).exitCode()).isZero();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PackWriter.compressing(List.of(PackFixture.PACK, PackFixture.PACK_PQ))
                .write(log.describe(0, 500), log.source(0, 500, s -> true, s -> true), out);
        assertThat(out.size()).isLessThan(pack.length);
        assertThat(verify(out.toByteArray(), PackFixture.trust()).exitCode()).isZero();
    }
}
