package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.pack.write.PackFixture;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pack tells beside its ladder: a golden one of two bundles, with approvals, hidden fields and witnesses. */
class ApprovedPackTest {
    private static final Path PACK = golden("pack-v1-approved.zip");

    @TempDir
    Path folder;

    private static Path golden(String name) {
        return Path.of(Objects.requireNonNull(ApprovedPackTest.class.getResource("/golden/" + name))
                .getPath());
    }

    private static TrustFile trust() throws IOException {
        return TrustFile.parse(Files.readAllBytes(golden("trust-v1-approved.txt")));
    }

    @Test
    void itVerifiesForEverUnderATrustFileThatDemandsWitnessAndApprovals() throws IOException {
        Ladder ladder = new PackVerifier(trust(), Set.of()).verify(PACK);
        assertThat(ladder.failure()).isEmpty();
        assertThat(ladder.exitCode()).isZero();
        assertThat(ladder.findings()).filteredOn(Finding::held).hasSize(2);
        assertThat(ladder.facts().policies())
                .extracting(PackFacts.Decided::firstPlace, PackFacts.Decided::entries)
                .containsExactly(tuple(1L, 2L), tuple(4L, 15L));
        assertThat(ladder.facts().policiesNotHere()).isEmpty();
    }

    @Test
    void itSaysWhoAskedForItWhatForAndWhoSigned() throws IOException {
        PackStatement statement = PackStatement.of(PACK, trust());
        assertThat(statement.reader())
                .isEqualTo(new PackStatement.Reader("auditor@example.com", "Audit.Reader Export.Operator", "standard"));
        assertThat(statement.selection()).containsEntry("source", "door-service");
        assertThat(statement.signedBy())
                .containsExactlyInAnyOrder(PackFixture.PACK.verifyingKey(), PackFixture.PACK_PQ.verifyingKey());
        assertThat(statement.checkpoint().cosignatures()).hasSize(2);
        assertThat(statement.checkpoint().furtherSigners()).isEmpty();
        assertThat(PackStatement.of(PACK, null).checkpoint().furtherSigners())
                .containsExactly("dev-3kq7x2mfa5yz4wnb", "witness.auditor.example");
    }

    @Test
    void itShowsItsBundlesAndWhoApprovedThem() throws IOException {
        List<PackPolicy> policies = PackPolicy.of(PACK, trust());
        assertThat(policies).hasSize(2);
        assertThat(policies.getFirst().activations()).isEmpty();
        PackPolicy chosen = policies.getLast();
        assertThat(chosen.text(PACK, "bundle.yaml")).startsWith("name: default");
        assertThatThrownBy(() -> chosen.text(PACK, "../manifest.json")).isInstanceOf(IOException.class);
        PackPolicy.InForce inForce = chosen.activations().getFirst();
        assertThat(inForce.seq()).isEqualTo(3);
        assertThat(inForce.sufficient()).isTrue();
        assertThat(inForce.approvals())
                .extracting(given ->
                        given.approval().officer() + " " + given.approval().role())
                .containsExactly("ann@example.com Compliance.Reviewer", "ben@example.com Security.Admin");
    }

    @Test
    void itCountsWhatItsReaderWasNotShownAndSaysItOfEachRecord() throws IOException {
        PackWithheld withheld = PackWithheld.of(PACK);
        assertThat(withheld.fields())
                .containsExactly(
                        new PackWithheld.Hidden("/actor/id", "CONFIDENTIAL", "last4", "masking.yaml:standard:4", 2),
                        new PackWithheld.Hidden(
                                "/attributes/email", "RESTRICTED", null, "omitted by masking.yaml:standard:1", 2));
        assertThat(withheld.records()).containsOnly(Map.entry("no masking profile fits the reader", 1L));
        try (PackRecords records = PackRecords.open(PACK)) {
            assertThat(records.page(0, 100)).allSatisfy(record -> assertThat(record.masked())
                    .hasSize(record.seq() % 6 == 3 ? 2 : 0)
                    .allSatisfy(field -> assertThat(record.seq() != 15
                                    || field.rendering() == null
                                    || field.rendering().equals("…-15"))
                            .isTrue()));
        }
    }

    @Test
    void everyRecordHasAProofThatVerifiesWithoutThePack() throws IOException {
        try (PackRecords records = PackRecords.open(PACK)) {
            List<PackRecord> all = records.page(0, 100);
            assertThat(all).hasSize(16);
            for (PackRecord record : all) {
                PackProof proof = PackProof.of(PACK, trust(), record);
                TlogProof file = TlogProof.parse(proof.file().bytes());
                assertThat(file.verify(proof.leaf(), trust().checkpoints()).checkpoint())
                        .isEqualTo(proof.checkpoint().checkpoint());
                assertThat(file.index()).isEqualTo(record.seq());
            }
            PackRecord first = all.getFirst();
            byte[] other = Arrays.copyOf(first.record(), first.record().length - 1);
            PackRecord forged = new PackRecord(first.seq(), first.entry(), other, List.of(), List.of());
            assertThatThrownBy(() -> PackProof.of(PACK, trust(), forged)).hasMessageContaining("not the one");
        }
    }

    @Test
    void rangesOfEveryShapeGiveProofs() throws IOException {
        PackFixture log = PackFixture.log(21);
        for (int from : new int[] {0, 5, 8, 19}) {
            for (int to : new int[] {from + 1, 20, 21}) {
                Path pack = Files.write(folder.resolve(from + "-" + to), log.pack(from, to));
                try (PackRecords records = PackRecords.open(pack)) {
                    for (PackRecord record : records.page(0, 100)) {
                        assertThat(PackProof.of(pack, PackFixture.trust(), record)
                                        .leaf())
                                .isEqualTo(log.leaf((int) record.seq()));
                    }
                }
            }
        }
    }
}
