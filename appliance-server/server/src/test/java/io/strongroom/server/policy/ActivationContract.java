package io.strongroom.server.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.AuditRecord;
import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.FieldError;
import io.strongroom.api.ProblemType;
import io.strongroom.api.Scope;
import io.strongroom.api.Selection;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.pack.verify.Finding;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.evidence.trust.TrustFile;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.BundleFiles;
import io.strongroom.policies.Caller;
import io.strongroom.policies.Policy;
import io.strongroom.policies.bundle.BundleArchive;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.database.Database;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.Ledger;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.SystemRecords;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** From a push to a bundle in force, and what must not get there. One story, told in its order, on each database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class ActivationContract {
    private static final String SOURCE = "desk";

    private final Path folder;
    private final String[] options;
    private final String proposer;
    private final String sender;
    private final String exporter;
    private final String administrator;
    private final TestOfficer ann;
    private final TestOfficer ben;
    private final TestOfficer cas;
    private final Git git;
    private ApplianceFixture appliance;
    private byte[] usedApproval = {};
    private Digest first = new BuiltInPolicy().bundle().digest();

    ActivationContract(Path folder, String... options) {
        this.folder = folder;
        this.options = options;
        this.appliance = ApplianceFixture.start(folder.resolve("data"), options);
        this.administrator = appliance.adminToken();
        this.proposer = appliance.token(Set.of(Scope.POLICY));
        this.sender = appliance.token(Set.of(Scope.INGEST), SOURCE);
        this.exporter = appliance.token(Set.of(Scope.READ, Scope.EXPORT));
        this.ann = TestOfficer.enrol(appliance, "ann@example.com", "Compliance.Reviewer");
        this.ben = TestOfficer.enrol(appliance, "ben@example.com", "Security.Admin");
        this.cas = TestOfficer.enrol(appliance, "cas@example.com", "Compliance.Reviewer");
        this.git = Git.clone(appliance, proposer, folder.resolve("clone"));
    }

    @AfterAll
    void stop() {
        appliance.close();
    }

    private <T> T bean(Class<T> type) {
        return appliance.appliance().context().getBean(type);
    }

    private Approvals approvals() {
        return bean(Approvals.class);
    }

    private Activations activations() {
        return bean(Activations.class);
    }

    private PolicyInForce inForce() {
        return bean(PolicyInForce.class);
    }

    private Proposal proposal(String name) {
        return bean(Proposals.class).require("proposals/" + name);
    }

    /** Pushes a bundle of another version and asks for approvals. */
    private Proposal propose(String name, String version) {
        git.run("fetch", "-q").good();
        git.branch(name);
        // Hashes by which hidden fields are found are not made yet.
        git.write("handling.yaml", git.read("handling.yaml").replaceAll("(?s)\\nfindable:.*", "\n"));
        git.run("rm", "-q", "-f", "--ignore-unmatch", "default.test.yaml").good();
        git.write("bundle.yaml", "name: acme\nversion: \"" + version + "\"\n").commit(name);
        git.push("HEAD:refs/heads/proposals/" + name).good();
        open(name);
        return proposal(name);
    }

    private void open(String name) {
        HttpResponse<String> opened = appliance.post(
                "/api/v1/policy/proposals",
                "{\"name\":\"proposals/" + name + "\",\"title\":\"" + name + "\"}",
                "Authorization",
                "Bearer " + proposer,
                "X-Tenant-Id",
                ApplianceFixture.TENANT);
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
    }

    private PolicyChange change(Proposal proposal) {
        return approvals().change(proposal);
    }

    private void approve(Proposal proposal, TestOfficer officer) {
        approvals().take(officer.actor(), proposal, officer.approve(change(proposal)));
    }

    private Json.Obj get(String path) {
        HttpResponse<String> answer =
                appliance.get(path, "Authorization", "Bearer " + exporter, "X-Tenant-Id", ApplianceFixture.TENANT);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parseObject(answer.body().getBytes(UTF_8));
    }

    private Json.Obj append(int number) {
        try (StrongroomClient client = appliance.client(sender)) {
            long seq = client.records()
                    .append(AuditRecord.of(SOURCE, "Door.Opened", Instant.parse("2026-11-21T01:02:03.004Z"))
                            .sequence(number)
                            .actor("Person", "p" + number)
                            .resource("Door", "d1")
                            .build())
                    .seq();
            byte[] body = bean(LedgerReader.class).find(seq).orElseThrow().body();
            return Json.parseObject(requireNonNull(body)).object("policy");
        }
    }

    private void assertRefused(Proposal proposal, TestOfficer officer, byte[] envelope, String reason) {
        long before = refusals();
        assertThatThrownBy(() -> approvals().take(officer.actor(), proposal, envelope))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().detail()).contains(reason));
        assertThat(refusals()).as("recorded").isEqualTo(before + 1);
    }

    private long refusals() {
        return recorded("-refused\"");
    }

    /** Counted in the ledger itself; what was begun last is waited for. */
    private long recorded(String part) {
        bean(PolicyTrail.class).tell(PolicyTrail.appliance(), "policy.test", "x", Map.of(), "");
        LedgerReader ledger = bean(LedgerReader.class);
        long[] count = {0};
        ledger.read(0, ledger.size(), true, row -> {
            String body = new String(requireNonNull(row.body()), UTF_8);
            if (body.contains(part) && body.contains("\"stream\":\"system.policy\"")) {
                count[0]++;
            }
            return true;
        });
        return count[0];
    }

    private void assertNotActivated(String name, String reason) {
        Digest before = inForce().bundle().digest();
        assertThatThrownBy(() -> activations().activate(ann.actor(), "proposals/" + name))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().detail()).contains(reason));
        assertThat(inForce().bundle().digest()).isEqualTo(before);
    }

    @Test
    @Order(1)
    void atFirstTheBuiltInBundleDecides() {
        assertThat(append(1).text("bundle")).isEqualTo(first.toString());
        assertThat(get("/api/v1/policy").object("inForce").text("name")).isEqualTo("built-in");
    }

    @Test
    @Order(2)
    void approvalsThatDoNotCountAreRefusedAndRecorded() {
        Proposal proposal = propose("first", "1");
        PolicyChange change = change(proposal);
        Approval good = ann.approval(change, Decision.APPROVE);

        TestOfficer forger = new TestOfficer(ann.id(), ann.role(), TestOfficer.newKey());
        assertRefused(proposal, forger, forger.approve(change), "not signed with a key");
        assertRefused(proposal, ben, ann.approve(change), "another officer");
        TestOfficer other = new TestOfficer(ann.id(), "Audit.Admin", ann.key());
        assertRefused(proposal, other, other.approve(change), "does not have the role");
        long now = System.currentTimeMillis();
        assertRefused(
                proposal,
                ann,
                ann.sign(new Approval(
                        change, Decision.APPROVE, ann.id(), ann.role(), now - 60_000, now - 1, good.nonce())),
                "expired");
        assertRefused(
                proposal,
                ann,
                ann.approve(new PolicyChange(
                        change.origin(),
                        change.proposal(),
                        change.bundle(),
                        change.commit(),
                        Digest.of(new byte[] {1}),
                        change.requester())),
                "to follow");
        assertRefused(
                proposal,
                ann,
                ann.approve(new PolicyChange(
                        change.origin(),
                        change.proposal(),
                        Digest.of(new byte[] {1}),
                        change.commit(),
                        change.baseBundle(),
                        change.requester())),
                "the bundle");
        assertNotActivated("first", "approvals of two officers");
    }

    @Test
    @Order(3)
    void whatIsNoApprovalIsToldByWhatIsWrongWithItsEnvelope() {
        Proposal proposal = proposal("first");
        String good = new String(ann.approve(change(proposal)), UTF_8);

        assertWrong(proposal, "{", ProblemType.MALFORMED_JSON, "");
        assertWrong(proposal, "{}", ProblemType.SCHEMA, "");
        assertWrong(proposal, good.replace("\"sig\"", "\"signature\""), ProblemType.SCHEMA, "/signatures/0/signature");
        assertWrong(
                proposal,
                good.replace("application/vnd.in-toto+json", "text/plain"),
                ProblemType.SCHEMA,
                "/payloadType");
        assertWrong(proposal, " " + good, ProblemType.SCHEMA, "");
    }

    private void assertWrong(Proposal proposal, String envelope, ProblemType type, String pointer) {
        long before = refusals();
        assertThatThrownBy(() -> approvals().take(ann.actor(), proposal, envelope.getBytes(UTF_8)))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.type()).isEqualTo(type);
                    assertThat(e.problem().errors())
                            .extracting(FieldError::pointer)
                            .containsExactly(pointer);
                });
        assertThat(refusals()).as("recorded").isEqualTo(before + 1);
    }

    @Test
    @Order(3)
    void oneIsNotTwoAndTwoOfOneRoleAreNotEither() {
        Proposal proposal = proposal("first");
        usedApproval = ann.approve(change(proposal));
        approvals().take(ann.actor(), proposal, usedApproval);

        assertRefused(proposal, ann, usedApproval, "nonce");
        assertRefused(proposal, ann, ann.approve(change(proposal)), "already");
        assertRefused(proposal, cas, cas.approve(change(proposal)), "in the role");
        assertNotActivated("first", "approvals of two officers");
    }

    @Test
    @Order(4)
    void aRejectionHoldsItBackUntilItIsTakenBack() {
        Proposal proposal = proposal("first");
        approve(proposal, ben);
        assertRefused(proposal, cas, cas.reject(change(proposal)), "with its reason");
        SignedApproval signed = SignedApproval.parse(cas.reject(change(proposal)));
        approvals().reject(cas.actor(), proposal, signed, reason(proposal, cas, signed));

        assertNotActivated("first", "rejected");
        assertThatThrownBy(() -> approvals().withdraw(ann.actor(), proposal, signed.digest()))
                .as("it is not hers")
                .isInstanceOf(ProblemException.class);
        approvals().withdraw(cas.actor(), proposal, signed.digest());
        assertThatThrownBy(() -> approvals().withdraw(cas.actor(), proposal, signed.digest()))
                .as("it is taken back already")
                .isInstanceOf(ProblemException.class);
        SignedApproval approval = SignedApproval.parse(cas.approve(change(proposal)));
        assertThatThrownBy(() -> approvals().reject(cas.actor(), proposal, approval, reason(proposal, cas, approval)))
                .isInstanceOf(ProblemException.class);
    }

    private static Comment reason(Proposal proposal, TestOfficer officer, SignedApproval rejection) {
        return new Comment(
                proposal.name(), officer.id().value(), proposal.commit(), null, "not like this", 1, rejection.digest());
    }

    @Test
    @Order(5)
    void twoOfficersBringItIntoForceAtOnce() {
        Proposal proposal = proposal("first");

        activations().activate(ann.actor(), proposal.name());

        Json.Obj policy = append(2);
        assertThat(policy.text("bundle")).isEqualTo(proposal.bundle().toString());
        assertThat(policy.text("commit")).isEqualTo(git.head());
        assertThat(policy.text("version")).isEqualTo("1");
        git.run("fetch", "-q").good();
        assertThat(git.run("rev-parse", "origin/main").text().strip()).isEqualTo(git.head());
        assertThat(proposal("first").state()).isEqualTo(ProposalState.ACTIVATED);
        assertThat(get("/api/v1/policy/activations").list("items")).hasSize(1);
        assertThat(git.push("+HEAD~1:refs/heads/proposals/first").text()).contains("activated");
    }

    @Test
    @Order(6)
    void theAuthorsOwnApprovalAndOneOfAnOlderStateDoNotCount() throws IOException {
        Proposal own = propose("second", "2");
        assertRefused(own, ann, usedApproval, "Expected");
        bean(Database.class).owner(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE policy_proposal SET author = ? WHERE name = ?")) {
                update.setString(1, ann.id().value());
                update.setString(2, own.name());
                return update.executeUpdate();
            }
        });
        Proposal anns = proposal("second");
        assertThat(change(anns).requester()).isEqualTo(new PersonId("ANN@example.com"));
        assertRefused(anns, ann, ann.approve(change(anns)), "themselves");
        approve(anns, ben);
        approve(anns, cas);
        Proposal rival = propose("rival", "3");
        approve(rival, ann);
        approve(rival, ben);

        activations().activate(ben.actor(), anns.name());

        assertNotActivated("rival", "approvals of two officers");
        approve(proposal("rival"), cas);
        approve(proposal("rival"), ben);
        assertNotActivated("rival", "Rebase");
    }

    @Test
    @Order(7)
    void aRevokedKeyCountsNoMore() {
        TestOfficer dan = TestOfficer.enrol(appliance, "dan@example.com", "Audit.Admin");
        Proposal proposal = propose("third", "4");
        approve(proposal, dan);
        approve(proposal, ben);
        bean(Database.class).owner(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE access_officer_key SET revoked_at = 2 WHERE user_id = ?")) {
                update.setString(1, dan.id().value());
                return update.executeUpdate();
            }
        });

        assertNotActivated("third", "approvals of two officers");
    }

    @Test
    @Order(7)
    void aRoleThatIsGoneCountsNoMoreAndARejectionIsAboutItsCommit() {
        Proposal proposal = propose("fourth", "5");
        approve(proposal, ben);
        Approval good = cas.approval(change(proposal), Decision.APPROVE);
        Approval brief = new Approval(
                good.change(),
                good.decision(),
                good.officer(),
                good.role(),
                good.at(),
                good.at() + 59_000,
                good.nonce());
        GivenApproval given = approvals().take(cas.actor(), proposal, cas.sign(brief));
        // It would be over before the ledger has the activation.
        assertNotActivated("fourth", "approvals of two officers");
        approvals().withdraw(cas.actor(), proposal, given.digest());
        approve(proposal, cas);
        roles(cas, "Audit.Reader");
        assertNotActivated("fourth", "approvals of two officers");
        roles(cas, cas.role());

        SignedApproval signed = SignedApproval.parse(ann.reject(change(proposal)));
        approvals().reject(ann.actor(), proposal, signed, reason(proposal, ann, signed));
        assertThat(approvals().rejecting(proposal)).hasSize(1);
        git.write("bundle.yaml", "name: acme\nversion: \"6\"\n").commit("As was asked for");
        git.push("HEAD:refs/heads/proposals/fourth").good();
        assertThat(approvals().rejecting(proposal("fourth"))).isEmpty();
    }

    private void roles(TestOfficer officer, String roles) {
        bean(Database.class).owner(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE access_user SET roles = ? WHERE id = ?")) {
                update.setString(1, roles);
                update.setString(2, officer.id().value());
                return update.executeUpdate();
            }
        });
    }

    @Test
    @Order(8)
    void rollingBackIsAnotherActivation() {
        git.run("fetch", "-q").good();
        git.branch("back");
        git.run("checkout", "-q", "origin/proposals/first", "--", ".").good();
        git.commit("Go back to the first");
        git.push("HEAD:refs/heads/proposals/back").good();
        open("back");
        Proposal back = proposal("back");
        approve(back, ann);
        approve(back, ben);

        activations().activate(ann.actor(), back.name());

        assertThat(append(3).text("version")).isEqualTo("1");
        assertThat(back.bundle()).isEqualTo(proposal("first").bundle());
        Proposal ended = proposal("second");
        assertRefused(ended, ben, ben.approve(change(ended)), "activated, not open");
        assertNotActivated("second", "activated, not open");
        Digest given = approvals().of(ended).stream()
                .filter(each -> each.officer().id().equals(ben.id()))
                .findFirst()
                .orElseThrow()
                .digest();
        assertThatThrownBy(() -> approvals().withdraw(ben.actor(), ended, given))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.PROPOSAL_ENDED));
        // It was approved by two, to follow this very bundle, when that was in force before.
        assertNotActivated("rival", "approvals of two officers");
        Proposal rival = proposal("rival");
        Approval good = ann.approval(change(rival), Decision.APPROVE);
        long earlier = good.at() - 3_600_000;
        assertRefused(
                rival,
                ann,
                ann.sign(new Approval(
                        good.change(),
                        good.decision(),
                        good.officer(),
                        good.role(),
                        earlier,
                        good.at() + 3_600_000,
                        good.nonce())),
                "dated before what is in force");
    }

    @Test
    @Order(9)
    void aPackOfWhatItDecidedOverSaysOfflineThatItWasApproved() throws IOException {
        try (StrongroomClient client = appliance.client(exporter)) {
            ExportStatus asked = client.exports()
                    .request(new ExportRequest(
                            Selection.where().source(SOURCE).build(), ExportFormat.NDJSON, "yearly audit"));
            ExportStatus ready = client.exports().await(asked.id(), Duration.ofSeconds(60), status -> {});
            Path pack = folder.resolve("pack.zip");
            client.exports().download(ready, pack, bytes -> {});
            String trust = Files.readString(folder.resolve("data/trust.txt"));
            for (TestOfficer officer : List.of(ann, ben, cas)) {
                trust += "officer " + officer.id() + " 2020-01-01T00:00:00.000Z - "
                        + java.util.Base64.getEncoder()
                                .encodeToString(officer.key().verifyingKey().spki())
                        + "\n";
            }
            trust += "approvals required except " + first + "\n";

            Ladder ladder = new PackVerifier(TrustFile.parse(trust.getBytes(UTF_8)), Set.of()).verify(pack);

            assertThat(ladder.exitCode()).as(ladder.toString()).isZero();
            assertThat(ladder.findings().stream().filter(finding -> finding.kind() == Finding.Kind.APPROVED))
                    .allSatisfy(finding -> assertThat(finding.toString()).contains("ben@example.com"))
                    .isNotEmpty();
            assertThat(ladder.facts().policiesNotHere()).isEmpty();
        }
    }

    @Test
    @Order(10)
    void theBundleIsGivenOutSignedAndOnlyWhenItIsAnother() {
        assertThat(appliance
                        .get("/api/v1/policy/bundle", "Authorization", "Bearer " + sender)
                        .statusCode())
                .as("who only writes needs no rules")
                .isEqualTo(403);
        String[] token = {"Authorization", "Bearer " + exporter};
        HttpResponse<String> bundle = appliance.get("/api/v1/policy/bundle", token);
        String tag = bundle.headers().firstValue("ETag").orElseThrow();

        assertThat(bundle.statusCode()).isEqualTo(200);
        assertThat(bundle.headers().firstValue("X-Bundle-Digest"))
                .hasValue(inForce().bundle().digest().toString());
        List<String> again = new ArrayList<>(List.of(token));
        again.addAll(List.of("If-None-Match", tag));
        assertThat(appliance
                        .get("/api/v1/policy/bundle", again.toArray(String[]::new))
                        .statusCode())
                .isEqualTo(304);
        assertThat(appliance.get("/api/v1/policy/bundle.dsse.json", token).body())
                .contains("payloadType", "signatures");
    }

    @Test
    @Order(11)
    void nothingDriftsAndWhatDoesIsMadeGoodOrTold() throws IOException {
        bean(Drift.class).look();
        assertThat(bean(Drift.class).detail()).isEmpty();
        inForce().activate(new BuiltInPolicy());

        bean(Drift.class).look();

        assertThat(bean(Drift.class).detail()).contains("another bundle decides");
        bean(Activations.class).recover();
        bean(Drift.class).look();
        assertThat(bean(Drift.class).detail()).isEmpty();
    }

    @Test
    @Order(11)
    void aPushWhileItComesIntoForceDoesNotChangeWhatItSays() {
        Activation last = bean(ActivationTable.class).last().orElseThrow();
        Proposal late = propose("late", "late");
        Activation begun = new Activation(
                last.record(),
                last.since(),
                last.seq(),
                last.bundle(),
                last.baseBundle(),
                last.commit(),
                late.name(),
                last.requester(),
                last.begunAt(),
                last.approvals(),
                last.archive());

        bean(Proposals.class).activated(begun);

        assertThat(proposal("late").commit()).isEqualTo(last.commit());
        assertThat(proposal("late").bundle()).isEqualTo(last.bundle());
        assertThat(proposal("late").state()).isEqualTo(ProposalState.ACTIVATED);
    }

    @Test
    @Order(11)
    void mainThatIsMovedByAnotherHandIsPutBackAndThatIsRecorded() throws IOException {
        String commit = inForce().bundle().commit();
        Path repository = appliance.data().resolve("policy/repository.git");
        git.run("--git-dir=" + repository, "update-ref", "refs/heads/main", commit + "~1")
                .good();
        long before = recorded("\"action\":\"policy.drift\"");

        bean(Drift.class).look();

        assertThat(git.run("--git-dir=" + repository, "rev-parse", "main").text())
                .contains(commit);
        assertThat(bean(Drift.class).detail()).isEmpty();
        assertThat(recorded("\"action\":\"policy.drift\"")).isEqualTo(before + 1);
    }

    @Test
    @Order(12)
    void aStartFinishesWhatTheLedgerHasAndUndoesWhatItHasNot() {
        Digest before = inForce().bundle().digest();
        update("UPDATE policy_activation SET seq = NULL WHERE seq = (SELECT max(seq) FROM policy_activation)");
        update("INSERT INTO policy_activation (tenant_id, record_id, since, bundle, base_bundle, git_commit, proposal,"
                + " requester, begun_at, approvals, archive) SELECT tenant_id, '01ARZ3NDEKTSV4RRFFQ69G5FAV', since, bundle,"
                + " base_bundle, git_commit, proposal, requester, begun_at, approvals, archive FROM policy_activation"
                + " WHERE seq IS NULL");

        restart();

        assertThat(inForce().bundle().digest()).isEqualTo(before);
        assertThat(bean(ActivationTable.class).begun()).isEmpty();
        assertThat(append(4).text("bundle")).isEqualTo(before.toString());
    }

    /** As an upgrade finds it that reads bundles more strictly: approved, recorded, and not to be read any more. */
    @Test
    @Order(13)
    void whatThisReleaseCannotReadIsMendedByTwoOfficersAndDecidesNothingUntilThen() throws IOException {
        Map<String, byte[]> files = new TreeMap<>(inForce().files());
        files.put(
                "classification.yaml",
                "default: INTERNAL\nrules:\n  - {fields: [/attributes/pass\u200bword], class: RESTRICTED}\n"
                        .getBytes(UTF_8));
        BundleFiles unreadable = BundleFiles.of(files);
        plant(unreadable);

        restart();

        assertRefusesRecords();
        assertThat(inForce().bundle().name()).isEqualTo("mending");
        assertThat(inForce().fault()).startsWith("not readable by this release (classification.yaml:3: ");
        bean(Drift.class).look();
        assertThat(bean(Drift.class).detail()).contains("classification.yaml:3");
        assertThat(get("/api/v1/policy").text("fault")).contains("classification.yaml:3");
        assertThat(may("Security.Admin", "policy.approve")).isTrue();
        assertThat(may("Audit.Admin", "records.read")).isFalse();
        assertThat(may("SRE.Admin", "policy.propose")).isFalse();

        Proposal mended = propose("mended", "9");
        assertThat(change(mended).baseBundle()).isEqualTo(unreadable.digest());
        approve(mended, ann);
        assertNotActivated("mended", "approvals of two officers");
        approve(mended, ben);
        activations().activate(ann.actor(), mended.name());

        assertThat(append(5).text("version")).isEqualTo("9");
        assertThat(inForce().fault()).isEmpty();
        bean(Drift.class).look();
        assertThat(bean(Drift.class).detail()).isEmpty();
        restart();
        assertThat(append(6).text("version")).isEqualTo("9");
    }

    /** Begins to bring a bundle into force that nobody looked at, and lets the ledger have the record of it. */
    private void plant(BundleFiles bundle) {
        Activation last = bean(ActivationTable.class).last().orElseThrow();
        Map<String, Object> attributes = Map.of(
                "bundle", bundle.digest().toString(), "commit", last.commit().hex(), "version", "8");
        Draft draft = bean(SystemRecords.class)
                .draft(
                        PolicyTrail.STREAM,
                        bean(PolicyTrail.class)
                                .event(ann.actor(), Activation.ACTION, "success", last.proposal(), attributes));
        bean(ActivationTable.class)
                .begin(new Activation(
                        draft.id(),
                        bean(LedgerReader.class).size(),
                        null,
                        bundle.digest(),
                        last.bundle(),
                        last.commit(),
                        last.proposal(),
                        last.requester(),
                        last.begunAt() + 1,
                        last.approvals(),
                        BundleArchive.write(bundle)));
        assertThat(bean(Ledger.class).append(List.of(draft)).getFirst())
                .succeedsWithin(Duration.ofSeconds(20))
                .isInstanceOf(AppendOutcome.Appended.class);
    }

    private boolean may(String role, String operation) {
        return inForce()
                .access(
                        new AccessRequest(new Caller("x", Set.of(role), Map.of()), operation, "", Instant.now()),
                        Optional.empty())
                .isAllowed();
    }

    @Test
    @Order(14)
    void whatIsNotTheBundleThatWasActivatedIsNeverReplacedByAnother() throws IOException {
        byte[] archive = bean(ActivationTable.class).last().orElseThrow().archive();
        update("UPDATE policy_activation SET archive = (SELECT archive FROM policy_activation ORDER BY seq DESC"
                + " OFFSET 1 ROWS FETCH FIRST 1 ROWS ONLY) WHERE seq = (SELECT max(seq) FROM policy_activation)");

        restart();

        assertClosed();
        update("DELETE FROM policy_activation");
        restart();
        bean(Drift.class).look();
        assertClosed();
        assertThat(archive).isNotEmpty();
    }

    private void assertClosed() {
        assertThat(inForce().fault()).isNotEmpty();
        assertRefusesRecords();
        assertThat(bean(Policy.class).bundle().name()).isEqualTo("closed");
        assertThatThrownBy(() -> activations().activate(ann.actor(), "proposals/rival"))
                .hasMessageContaining("policy-unavailable");
    }

    private void assertRefusesRecords() {
        HttpResponse<String> refused = appliance.post(
                "/api/v1/audit/records",
                "{\"tenantId\":\"acme\",\"source\":{\"id\":\"desk\"},\"occurredAt\":\"2026-11-21T01:02:03.004Z\","
                        + "\"action\":\"A.B\",\"actor\":{\"type\":\"User\",\"id\":\"u\"},"
                        + "\"resource\":{\"type\":\"R\",\"id\":\"r\"}}",
                "Authorization",
                "Bearer " + sender,
                "Idempotency-Key",
                "closed");
        assertThat(refused.body()).contains("policy-unavailable");
        assertThat(appliance.get("/health/ready"))
                .satisfies(ready -> assertThat(ready.statusCode()).isEqualTo(503))
                .satisfies(ready -> assertThat(ready.body()).contains("\"policy\":\"unusable\""));
    }

    private void update(String sql) {
        bean(Database.class).owner(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return statement.executeUpdate();
            }
        });
    }

    private void restart() {
        appliance.close();
        appliance = ApplianceFixture.start(folder.resolve("data"), options).administeredBy(administrator);
        git.run("remote", "set-url", "origin", appliance.url() + "/policy.git").good();
    }
}
