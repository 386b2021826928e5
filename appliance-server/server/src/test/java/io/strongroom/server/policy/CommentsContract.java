package io.strongroom.server.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.strongroom.api.CommentRequest;
import io.strongroom.api.PolicyProposal;
import io.strongroom.api.ProblemType;
import io.strongroom.api.Role;
import io.strongroom.api.Scope;
import io.strongroom.api.client.Policies;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.client.StrongroomException;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.TestPeople;
import io.strongroom.server.database.Database;
import io.strongroom.server.ledger.LedgerReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What people say of a proposal, from outside. One story, told in its order, on each database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class CommentsContract {
    private static final String ADDRESS = "/api/v1/policy/proposals/wards/comments";
    private static final String WORDS = "Whose wards are these, Mary's?";

    private final ApplianceFixture appliance;
    private final Git git;
    private final Officer ann;
    private final Officer ben;
    private final Officer cas;
    private final String operator;

    /** Somebody with a session in which the second factor was just shown, and an enrolled key. */
    private record Officer(String id, Role role, String token, StrongroomClient client, SigningKey key) {
        Policies policies() {
            return client.policies();
        }

        SignedApproval sign(PolicyProposal proposal, Decision decision) {
            return SignedApproval.sign(
                    Approval.now(
                            proposal.change().orElseThrow(),
                            decision,
                            new PersonId(id),
                            role.wire(),
                            Instant.now(),
                            Approval.LONGEST,
                            new SecureRandom()),
                    key);
        }
    }

    CommentsContract(Path folder, String... options) {
        this.appliance = ApplianceFixture.start(folder.resolve("data"), options);
        this.ann = officer(appliance.adminToken(), "ann@example.com", Role.SECURITY_ADMIN);
        this.ben = officer(ann.token(), "ben@example.com", Role.COMPLIANCE_REVIEWER);
        this.cas = officer(ann.token(), "cas@example.com", Role.AUDIT_ADMIN);
        this.operator = TestPeople.joined(appliance, ann.token(), "joe@example.com", Role.SRE_ADMIN);
        this.git = Git.clone(appliance, ann.token(), folder.resolve("clone"));
        git.branch("wards");
        git.write("bundle.yaml", "name: acme\nversion: \"1\"\n").commit("Wards");
        git.push("HEAD:refs/heads/proposals/wards").good();
        ann.policies().propose("wards", "Wards");
    }

    private Officer officer(String inviter, String id, Role role) {
        String token = TestPeople.joined(appliance, inviter, id, role);
        SigningKey key = TestOfficer.newKey();
        StrongroomClient client = appliance.client(token);
        client.auth().enrol(key);
        return new Officer(id, role, token, client, key);
    }

    @AfterAll
    void stop() {
        List.of(ann, ben, cas).forEach(officer -> officer.client().close());
        appliance.close();
    }

    private PolicyProposal proposal() {
        return ann.policies().proposal("wards");
    }

    private HttpResponse<String> post(String token, String address, String body) {
        return appliance.post(
                address, body, "Authorization", "Bearer " + token, "X-Tenant-Id", ApplianceFixture.TENANT);
    }

    private void assertRefused(ProblemType type, String pointer, String body) {
        assertRefused(type, pointer, post(ben.token(), ADDRESS, body));
    }

    private static void assertRefused(ProblemType type, String pointer, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(type.status());
        Json.Obj problem = Json.parseObject(answer.body().getBytes(UTF_8));
        assertThat(problem.text("type")).isEqualTo(type.type());
        if (!pointer.isEmpty()) {
            assertThat(problem.objects("errors", error -> error.text("pointer")))
                    .containsExactly(pointer);
        }
    }

    private static String said(String text, String... more) {
        Json.Builder json = Json.object().put("text", text);
        for (int i = 0; i < more.length; i += 2) {
            json.put(more[i], Json.parse(more[i + 1]));
        }
        return json.build().toString();
    }

    /** What the ledger has of these actions, by their attributes. */
    private List<Json.Obj> recorded(String action) {
        LedgerReader ledger = appliance.appliance().context().getBean(LedgerReader.class);
        List<Json.Obj> records = new ArrayList<>();
        ledger.read(0, ledger.size(), true, row -> {
            Json.Obj record = Json.parseObject(requireNonNull(row.body()));
            if (record.text("action").equals(action)) {
                records.add(record);
            }
            return true;
        });
        return records;
    }

    // --- The story

    @Test
    @Order(1)
    void whatReviewersAndTheAuthorSayIsListedWithTheProposal() {
        String commit = proposal().commit();
        ben.policies().comment("wards", CommentRequest.of(WORDS, commit).in("masking.yaml", 3));
        ben.policies()
                .comment(
                        "wards",
                        CommentRequest.of("Two lines\n\tof text", commit).in("bundle.yaml"));
        PolicyProposal answered = ann.policies().comment("wards", CommentRequest.of("Everybody's.", commit));

        assertThat(answered.comments()).isEqualTo(proposal().comments());
        assertThat(proposal().comments())
                .extracting(
                        PolicyProposal.Comment::author,
                        PolicyProposal.Comment::file,
                        PolicyProposal.Comment::line,
                        PolicyProposal.Comment::text,
                        PolicyProposal.Comment::commit,
                        PolicyProposal.Comment::requestsChanges)
                .containsExactly(
                        tuple(ben.id(), "masking.yaml", 3, WORDS, commit, false),
                        tuple(ben.id(), "bundle.yaml", 0, "Two lines\n\tof text", commit, false),
                        tuple(ann.id(), null, 0, "Everybody's.", commit, false));
    }

    /** The text may name people, and what is in the ledger stays. */
    @Test
    @Order(2)
    void theLedgerSaysWhoSaidWhatByItsDigestAndNotByItsText() {
        PolicyProposal.Comment first = proposal().comments().getFirst();
        Json.Obj record = recorded("policy.commented").getFirst();
        Json.Obj attributes = record.object("attributes");

        assertThat(record.object("actor").text("id")).isEqualTo(ben.id());
        assertThat(attributes.text("comment")).isEqualTo(first.digest());
        assertThat(attributes.text("commit")).isEqualTo(first.commit());
        assertThat(attributes.text("file")).isEqualTo("masking.yaml");
        assertThat(attributes.integer("line")).isEqualTo(3);
        assertThat(record.toString()).doesNotContain("Mary");
        assertThat(Digest.of(CanonicalJson.of(Json.object()
                                .put("author", ben.id())
                                .put("commit", first.commit())
                                .put("file", "masking.yaml")
                                .put("line", 3)
                                .put("proposal", "proposals/wards")
                                .put("text", WORDS)
                                .build()
                                .bytes()))
                        .toString())
                .isEqualTo(first.digest());
    }

    @Test
    @Order(3)
    void whoSaysItAgainHasSaidItOnce() {
        int before = recorded("policy.commented").size();

        HttpResponse<String> again = post(ben.token(), ADDRESS, said(WORDS, "file", "\"masking.yaml\"", "line", "3"));

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(proposal().comments()).hasSize(3);
        assertThat(recorded("policy.commented")).hasSize(before);
    }

    @Test
    @Order(4)
    void whatIsNoCommentOfThisCommitIsRefusedWithThePlace() {
        assertRefused(ProblemType.SCHEMA, "/text", "{}");
        assertRefused(ProblemType.SCHEMA, "/text", said(" \n"));
        assertRefused(ProblemType.SCHEMA, "/text", said("x".repeat(CommentRequest.MAX_TEXT + 1)));
        assertRefused(ProblemType.SCHEMA, "/text", said("red \u001b[31m"));
        assertRefused(ProblemType.SCHEMA, "/text", said("del \u0085"));
        assertRefused(ProblemType.SCHEMA, "/subject", said("x", "subject", "\"y\""));
        assertRefused(ProblemType.SCHEMA, "/commit", said("x", "commit", "\"main\""));
        assertRefused(ProblemType.SCHEMA, "/line", said("x", "line", "3"));
        assertRefused(ProblemType.SCHEMA, "/file", said("x", "file", "\"nowhere.yaml\""));
        assertRefused(ProblemType.SCHEMA, "/line", said("x", "file", "\"bundle.yaml\"", "line", "3"));
        assertRefused(ProblemType.SCHEMA, "/line", said("x", "file", "\"bundle.yaml\"", "line", "0"));
        assertRefused(ProblemType.SCHEMA, "/line", said("x", "file", "\"bundle.yaml\"", "line", "9000000000"));
        assertRefused(ProblemType.SCHEMA, "/rejection", said("x", "requestsChanges", "true"));
        assertRefused(
                ProblemType.SCHEMA,
                "/rejection",
                said("x", "requestsChanges", "true", "rejection", "{\"payload\":\"\"}"));
        assertRefused(
                ProblemType.SCHEMA,
                "/requestsChanges",
                said(
                        "x",
                        "rejection",
                        new String(ben.sign(proposal(), Decision.REJECT).toJson(), UTF_8)));
        assertRefused(ProblemType.PROPOSAL_MOVED, "", said("x", "commit", "\"" + "0".repeat(40) + "\""));
        assertRefused(
                ProblemType.NOT_FOUND, "", post(ben.token(), "/api/v1/policy/proposals/nowhere/comments", said("x")));

        assertThat(post(ben.token(), ADDRESS, said("x".repeat(CommentRequest.MAX_TEXT)))
                        .statusCode())
                .isEqualTo(201);
        assertThat(post(ben.token(), ADDRESS, said("\ud83d\udd12".repeat(CommentRequest.MAX_TEXT)))
                        .statusCode())
                .as("counted as characters, not as they are kept")
                .isEqualTo(201);
        assertThat(proposal().comments()).hasSize(5);
    }

    @Test
    @Order(5)
    void itIsForPeopleWhomPolicyLetsReview() {
        assertRefused(ProblemType.FORBIDDEN, "", post(operator, ADDRESS, said("x")));
        String token = appliance.token(Set.of(Scope.POLICY));
        assertRefused(ProblemType.FORBIDDEN, "", post(token, ADDRESS, said("x")));
        assertRefused(ProblemType.INVALID_TOKEN, "", post("nobody", ADDRESS, said("x")));

        assertThat(proposal().comments()).hasSize(5);
    }

    @Test
    @Order(6)
    void whoAsksForChangesHoldsTheCommitBackAndSaysWhy() {
        PolicyProposal seen = proposal();
        cas.policies().approve("wards", cas.sign(seen, Decision.APPROVE));
        SignedApproval rejection = ben.sign(seen, Decision.REJECT);

        PolicyProposal answered = ben.policies()
                .comment(
                        "wards",
                        CommentRequest.of("Say which.", seen.commit())
                                .in("bundle.yaml", 1)
                                .rejecting(rejection));

        String digest = rejection.digest().toString();
        assertThat(answered.comments().getLast().rejection()).isEqualTo(digest);
        assertThat(answered.approvals())
                .extracting(
                        PolicyProposal.Given::officer,
                        PolicyProposal.Given::decision,
                        PolicyProposal.Given::commit,
                        PolicyProposal.Given::counts)
                .containsExactly(
                        tuple(cas.id(), "approve", seen.commit(), true),
                        tuple(ben.id(), "reject", seen.commit(), false));
        Json.Obj record = recorded("policy.rejected").getLast().object("attributes");
        assertThat(record.text("envelope")).isEqualTo(digest);
        assertThat(record.text("comment"))
                .isEqualTo(answered.comments().getLast().digest());
        assertThat(record.toString()).doesNotContain("Say which");
        assertThatThrownBy(() -> cas.policies().activate("wards"))
                .isInstanceOf(StrongroomException.Answered.class)
                .hasMessageContaining("not-approved");
    }

    @Test
    @Order(7)
    void aRequestForChangesThatIsNotTakenLeavesNothing() {
        PolicyProposal before = proposal();
        int recorded = recorded("policy.rejected").size();
        CommentRequest request = CommentRequest.of("Again.", before.commit());
        SignedApproval another = cas.sign(before, Decision.REJECT);

        for (CommentRequest wrong : List.of(
                request.rejecting(ben.sign(before, Decision.APPROVE)),
                request.rejecting(another),
                request.rejecting(ann.sign(before, Decision.REJECT)))) {
            assertThatThrownBy(() -> ben.policies().comment("wards", wrong))
                    .isInstanceOf(StrongroomException.Answered.class)
                    .hasMessageContaining("approval-refused");
        }
        assertThatThrownBy(() -> ann.policies().comment("wards", request.rejecting(ann.sign(before, Decision.REJECT))))
                .hasMessageContaining("themselves");
        assertThatThrownBy(() -> cas.policies().approve("wards", another)).hasMessageContaining("with its reason");

        assertThat(proposal().comments()).isEqualTo(before.comments());
        assertThat(proposal().approvals()).isEqualTo(before.approvals());
        assertThat(recorded("policy.rejected")).hasSize(recorded);
    }

    @Test
    @Order(8)
    void whatWasSaidStaysWithTheCommitThatItWasSaidOf() {
        PolicyProposal before = proposal();
        git.write("bundle.yaml", "name: acme\nversion: \"2\"\n").commit("Wards, again");
        git.push("HEAD:refs/heads/proposals/wards").good();

        PolicyProposal after = proposal();

        assertThat(after.commit()).isNotEqualTo(before.commit());
        assertThat(after.comments()).isEqualTo(before.comments());
        assertThat(after.approvals()).noneMatch(PolicyProposal.Given::counts);
        assertThatThrownBy(() -> ben.policies().comment("wards", CommentRequest.of("Late.", before.commit())))
                .hasMessageContaining("proposal-moved");
        ben.policies().comment("wards", CommentRequest.of("Better.", after.commit()));
        assertThat(proposal().comments()).hasSize(before.comments().size() + 1);
    }

    @Test
    @Order(9)
    void aProposalHasRoomForFiveHundred() {
        int room = 500 - proposal().comments().size();
        GitCommit commit = new GitCommit(proposal().commit());
        appliance.appliance().context().getBean(Database.class).write(connection -> {
            int rows = 0;
            for (int i = 0; i < room; i++) {
                Comment comment = new Comment("proposals/wards", ben.id(), commit, null, "comment " + i, i, null);
                rows += CommentTable.insert(connection, ApplianceFixture.TENANT, comment);
            }
            return rows;
        });

        assertThat(proposal().comments()).hasSize(500);
        assertRefused(ProblemType.PROPOSAL_FULL, "", said("One more."));
        assertThat(post(ben.token(), ADDRESS, said("Better.")).statusCode())
                .as("said before")
                .isEqualTo(200);
    }

    @Test
    @Order(10)
    void ofWhatIsEndedNothingIsSaidAnyMore() {
        ann.policies().withdraw("wards");

        assertRefused(ProblemType.PROPOSAL_ENDED, "", said("Pity."));
        assertThat(proposal().comments()).hasSize(500);
    }
}
