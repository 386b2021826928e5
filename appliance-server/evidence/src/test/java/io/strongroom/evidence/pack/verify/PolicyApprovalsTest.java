package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.Attachment;
import io.strongroom.evidence.pack.write.PackFixture;
import io.strongroom.evidence.pack.write.PolicyActivation;
import io.strongroom.evidence.pack.write.PolicyActivation.Given;
import io.strongroom.evidence.tree.InclusionProof;
import io.strongroom.evidence.trust.TrustFile;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log whose first records are decided by one bundle, and from an activation on by another. */
class PolicyApprovalsTest {
    private static final int ACTIVATION = 2;
    private static final Digest BASE = Digest.of(new byte[] {1});
    private static final SigningKey ANN_KEY = PackFixture.key(SigningAlgorithm.ED25519, 21);
    private static final SigningKey BEN_KEY = PackFixture.key(SigningAlgorithm.ED25519, 22);
    private static final PersonId ANN = new PersonId("ann@example.com");
    private static final PersonId BEN = new PersonId("ben@example.com");
    private static final String REVIEWER = "Compliance.Reviewer";
    private static final String SECURITY = "Security.Admin";

    private final PackFixture log = PackFixture.log(0);
    private final PolicyChange change = new PolicyChange(
            new Origin(PackFixture.ORIGIN),
            "proposals/mask-email",
            log.policy(),
            new GitCommit("0123456789abcdef0123456789abcdef01234567"),
            BASE,
            new PersonId("rita@example.com"));
    private final Given byAnn = given(ANN, REVIEWER, change, ANN_KEY);
    private final Given byBen = given(BEN, SECURITY, change, BEN_KEY);

    PolicyApprovalsTest() {
        log.decidedBy(BASE);
        log.grow(ACTIVATION, 0);
        log.system("system.policy", "policy.activated", attributes(change));
        log.decidedBy(log.policy());
        log.grow(4, 0);
    }

    private static String attributes(PolicyChange change) {
        return "{\"baseBundle\":\"%s\",\"bundle\":\"%s\",\"commit\":\"%s\",\"proposal\":\"%s\",\"requester\":\"%s\"}"
                .formatted(
                        change.baseBundle(), change.bundle(), change.commit(), change.proposal(), change.requester());
    }

    private static Given given(PersonId officer, String role, PolicyChange change, SigningKey key) {
        return given(officer, role, change, key, PackFixture.START - 1000, Decision.APPROVE);
    }

    private static Given given(
            PersonId officer, String role, PolicyChange change, SigningKey key, long at, Decision decision) {
        Approval approval =
                new Approval(change, decision, officer, role, at, at + 60_000, Approval.nonce(new Random(at)));
        return new Given(SignedApproval.sign(approval, key), new Officer(officer, key.verifyingKey()));
    }

    private PackFiles pack(int from, Given... approvals) {
        TlogProof proof = TlogProof.of(
                log.entry(ACTIVATION),
                InclusionProof.of(log.hashes(), ACTIVATION, log.size()),
                log.checkpoint(log.size(), PackFixture.LOG_SIGNER));
        Attachment[] files = new PolicyActivation(log.policy(), log.record(ACTIVATION), proof, List.of(approvals))
                .attachments()
                .toArray(Attachment[]::new);
        return packWith(from, files);
    }

    private PackFiles packWith(int from, Attachment... files) {
        return PackFiles.of(PackFixture.pack(
                log.describe(from, log.size(), files), log.source(from, log.size(), s -> true, s -> true), null));
    }

    private static TrustFile trust(String lines) {
        return TrustFile.parse((PackFixture.trust().render() + lines).getBytes(StandardCharsets.UTF_8));
    }

    private static String officer(PersonId id, SigningKey key) {
        return "officer " + id + " 2026-01-01T00:00:00.000Z - "
                + Base64.getEncoder().encodeToString(key.verifyingKey().spki()) + "\n";
    }

    private static final String OFFICERS = officer(ANN, ANN_KEY) + officer(BEN, BEN_KEY);
    private static final String REQUIRED = "approvals required\n";

    private static Finding approved(Ladder ladder) {
        assertThat(ladder.failure()).isEmpty();
        return ladder.findings().stream()
                .filter(finding -> finding.kind() == Finding.Kind.APPROVED)
                .findFirst()
                .orElseThrow();
    }

    private static void assertRefused(Ladder ladder, String file, String found) {
        assertThat(ladder.verdict(Rung.RECORDED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(ladder.failure().orElseThrow().file()).endsWith(file);
        assertThat(ladder.failure().orElseThrow().found()).contains(found);
    }

    @Test
    void twoOfficersAreNamedWithTheirRolesWhoeverVouchesForTheirKeys() {
        PackFiles pack = pack(3, byAnn, byBen);
        for (TrustFile trust : List.of(PackFixture.trust(), trust(OFFICERS), trust(OFFICERS + REQUIRED))) {
            Ladder ladder = pack.verify(trust);
            assertThat(approved(ladder).held()).as(approved(ladder).text()).isTrue();
            assertThat(ladder.exitCode()).isZero();
            assertThat(approved(ladder).text())
                    .contains("approved by ann@example.com (Compliance.Reviewer) and ben@example.com (Security.Admin)");
        }
        assertThat(approved(pack.verify(PackFixture.trust())).text()).contains("that the pack's signer names");
        assertThat(approved(pack.verify(trust(OFFICERS))).text()).contains("those of your trust file");
    }

    @Test
    void withoutATrustFileApprovalsAreExaminedAndNotHeld() {
        Ladder ladder = pack(3, byAnn, byBen).verify(null);
        assertThat(ladder.exitCode()).isEqualTo(3);
        assertThat(approved(ladder).held()).isFalse();
        assertThat(approved(ladder).text()).contains("ann@example.com", "nobody vouches");
        Given late = given(ANN, REVIEWER, change, ANN_KEY, PackFixture.START + 3, Decision.APPROVE);
        assertRefused(pack(3, late).verify(null), "/2/1.dsse.json", "one given at");
    }

    @Test
    void aPackWithoutApprovalsFailsOnlyWhereTheTrustFileDemandsThem() {
        PackFiles pack = packWith(3);
        assertThat(pack.verify(trust(OFFICERS)).exitCode()).isZero();
        assertThat(approved(pack.verify(trust(OFFICERS))).held()).isFalse();
        Ladder demanded = pack.verify(trust(OFFICERS + REQUIRED));
        assertThat(demanded.exitCode()).isEqualTo(1);
        assertThat(approved(demanded).text()).contains("no approvals are here");
        assertThat(pack.verify(trust(OFFICERS + "approvals required except " + log.policy() + "\n"))
                        .exitCode())
                .isZero();
    }

    @Test
    void aPolicyBeforeTheApprovedOneNeedsApprovalsOrAnExceptionToo() {
        PackFiles pack = pack(0, byAnn, byBen);
        assertThat(pack.verify(trust(OFFICERS + REQUIRED)).exitCode()).isEqualTo(1);
        assertThat(pack.verify(trust(OFFICERS + "approvals required except " + BASE + "\n"))
                        .exitCode())
                .isZero();
    }

    @Test
    void onlyOfficersOfTheTrustFileCountWhereItNamesAny() {
        PackFiles pack = pack(3, byAnn, byBen);
        Ladder ladder = pack.verify(trust(officer(ANN, ANN_KEY) + REQUIRED));
        assertThat(ladder.exitCode()).isEqualTo(1);
        assertThat(approved(ladder).text()).contains("no two officers in two roles whom your trust file names");
        assertRefused(pack.verify(trust(officer(ANN, BEN_KEY))), "/2/1.dsse.json", "one with the key");
        String before = officer(ANN, ANN_KEY).replace(" - ", " 2026-02-01T00:00:00.000Z ");
        assertRefused(pack.verify(trust(before)), "/2/1.dsse.json", "one with the key");
    }

    @Test
    void oneOfficerOneRoleOrTheRequesterDoNotSuffice() {
        Given again = given(ANN, SECURITY, change, ANN_KEY);
        Given sameRole = given(BEN, REVIEWER, change, BEN_KEY);
        Given requester = given(change.requester(), SECURITY, change, BEN_KEY);
        for (List<Given> few :
                List.of(List.of(byAnn), List.of(byAnn, again), List.of(byAnn, sameRole), List.of(byAnn, requester))) {
            Ladder ladder = pack(3, few.toArray(Given[]::new)).verify(PackFixture.trust());
            assertThat(ladder.exitCode()).isZero();
            assertThat(approved(ladder).held()).isFalse();
        }
        assertThat(approved(pack(3, byAnn, requester, byBen).verify(PackFixture.trust()))
                        .held())
                .isTrue();
    }

    @Test
    void anApprovalThatIsHereAndDoesNotCountFailsThePack() {
        PolicyChange c = change;
        PolicyChange otherCommit = new PolicyChange(
                c.origin(), c.proposal(), c.bundle(), new GitCommit("f".repeat(40)), c.baseBundle(), c.requester());
        PolicyChange otherBase =
                new PolicyChange(c.origin(), c.proposal(), c.bundle(), c.commit(), c.bundle(), c.requester());
        PolicyChange otherOrigin = new PolicyChange(
                new Origin("b.example/acme/0"), c.proposal(), c.bundle(), c.commit(), c.baseBundle(), c.requester());
        for (Given replayed : List.of(
                given(BEN, SECURITY, otherCommit, BEN_KEY),
                given(BEN, SECURITY, otherBase, BEN_KEY),
                given(BEN, SECURITY, otherOrigin, BEN_KEY),
                given(BEN, SECURITY, c, BEN_KEY, PackFixture.START - 60_000, Decision.APPROVE),
                given(BEN, SECURITY, c, BEN_KEY, PackFixture.START - 1000, Decision.REJECT))) {
            assertRefused(pack(3, byAnn, replayed).verify(PackFixture.trust()), "/2/2.dsse.json", "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.dsse.json", "1.pem", "activation.json", "activation.tlog-proof"})
    void whoeverHasThePackKeysStillCannotChangeAnApproval(String file) {
        String path = PackLayout.approvals(log.policy(), ACTIVATION) + file;
        for (int at : new int[] {0, 100}) {
            PackFiles pack = pack(3, byAnn, byBen);
            pack.get(path)[at] ^= 1;
            pack.seal(PackFixture.PACK, PackFixture.PACK_PQ);
            assertRefused(pack.verify(PackFixture.trust()), "", "");
        }
        PackFiles without = pack(3, byAnn, byBen);
        without.files.remove(path);
        without.seal(PackFixture.PACK, PackFixture.PACK_PQ);
        assertRefused(without.verify(PackFixture.trust()), file, "no such file");
    }

    @Test
    void anActivationBelongsInTheFolderOfItsBundleAndPlace() {
        PackFiles pack = pack(3, byAnn, byBen);
        PackFiles moved = new PackFiles();
        pack.files.forEach((path, bytes) -> moved.files.put(path.replace("/2/", "/3/"), bytes));
        moved.seal(PackFixture.PACK, PackFixture.PACK_PQ);
        assertRefused(moved.verify(PackFixture.trust()), "/3/activation.tlog-proof", "/3/");
        pack.put(PackLayout.approvals(log.policy(), ACTIVATION) + "note.txt", "x");
        pack.seal(PackFixture.PACK, PackFixture.PACK_PQ);
        assertRefused(pack.verify(PackFixture.trust()), "note.txt", "another file");
    }

    @Test
    void whatWasDecidedBeforeTheActivationWasNotApproved() {
        PackFixture early = PackFixture.log(2);
        early.decidedBy(BASE);
        early.system("system.policy", "policy.activated", attributes(change));
        TlogProof proof = TlogProof.of(
                early.entry(2), InclusionProof.of(early.hashes(), 2, 3), early.checkpoint(3, PackFixture.LOG_SIGNER));
        Attachment[] files = new PolicyActivation(early.policy(), early.record(2), proof, List.of(byAnn, byBen))
                .attachments()
                .toArray(Attachment[]::new);
        Ladder ladder = PackFiles.of(
                        PackFixture.pack(early.describe(0, 2, files), early.source(0, 2, s -> true, s -> true), null))
                .verify(PackFixture.trust());
        assertThat(approved(ladder).held()).isFalse();
        assertThat(approved(ladder).text()).contains("decided at place 0, but came into force at place 2");
    }
}
