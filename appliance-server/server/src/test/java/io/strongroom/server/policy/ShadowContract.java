package io.strongroom.server.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.strongroom.api.AuditRecord;
import io.strongroom.api.Role;
import io.strongroom.api.Scope;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.TestPeople;
import io.strongroom.server.ledger.LedgerReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What a proposal would have decided otherwise, asked for from outside. One story, told in its order, on each database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class ShadowContract {
    private static final String SOURCE = "desk";
    private static final String PROPOSALS = "/api/v1/policy/proposals/";

    private final Path folder;
    private final String[] options;
    private final String administrator;
    private final String proposer;
    private final String sender;
    private final String reader;
    private final String officer;
    private final String operator;
    private final List<String> doors = new ArrayList<>();
    private ApplianceFixture appliance;
    private Git git;

    ShadowContract(Path folder, String... options) {
        this.folder = folder;
        this.options = options;
        this.appliance = start();
        this.administrator = appliance.adminToken();
        this.proposer = appliance.token(Set.of(Scope.POLICY));
        this.sender = appliance.token(Set.of(Scope.INGEST), SOURCE);
        this.reader = appliance.token(Set.of(Scope.READ));
        this.officer = TestPeople.joined(appliance, administrator, "ann@example.com", Role.SECURITY_ADMIN);
        this.operator = TestPeople.joined(appliance, officer, "joe@example.com", Role.SRE_ADMIN);
        this.git = Git.clone(appliance, proposer, folder.resolve("clone"));
    }

    private ApplianceFixture start() {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--set", "rate.anonymous-burst=10000"));
        return ApplianceFixture.start(folder.resolve("data"), all.toArray(String[]::new));
    }

    @AfterAll
    void stop() {
        appliance.close();
    }

    // --- Speaking with it

    private static String[] as(String token) {
        return new String[] {"Authorization", "Bearer " + token, "X-Tenant-Id", ApplianceFixture.TENANT};
    }

    private HttpResponse<String> begin(String token, String name, String body) {
        return appliance.post(PROPOSALS + name + "/shadow", body, as(token));
    }

    private HttpResponse<String> cancel(String name) {
        return appliance.send(HttpRequest.newBuilder().DELETE(), PROPOSALS + name + "/shadow", as(officer));
    }

    private Json.Obj get(String path) {
        HttpResponse<String> answer = appliance.get(path, as(officer));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static Json.Obj json(HttpResponse<String> answer) {
        return Json.parseObject(answer.body().getBytes(UTF_8));
    }

    private Json.Obj state(String name) {
        return get(PROPOSALS + name + "/shadow");
    }

    private Json.Obj ended(String name) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !state(name).text("state").equals("running"));
        return state(name);
    }

    private String append(String stream, int number) {
        try (StrongroomClient client = appliance.client(sender)) {
            return client.records()
                    .append(AuditRecord.of(SOURCE, "Door.Opened", Instant.parse("2026-11-21T01:02:03.004Z")).stream(
                                    stream)
                            .sequence(number)
                            .actor("Person", "secret-person-" + number)
                            .resource("Door", "d1")
                            .attribute("email", "secret" + number + "@example.com")
                            .attribute("desk", "secret desk " + number)
                            .build())
                    .recordId();
        }
    }

    private void propose(String name, Map<String, String> files) {
        git.run("fetch", "-q").good();
        git.branch(name);
        git.run("rm", "-q", "-r", "-f", ".").good();
        new BuiltInPolicy().files().forEach((path, content) -> git.write(path, new String(content, UTF_8)));
        files.forEach(git::write);
        git.commit(name);
        git.push("HEAD:refs/heads/proposals/" + name).good();
        assertThat(appliance
                        .post(
                                "/api/v1/policy/proposals",
                                "{\"name\":\"proposals/" + name + "\",\"title\":\"" + name + "\"}",
                                as(proposer))
                        .statusCode())
                .isEqualTo(201);
    }

    private List<String> recorded() {
        LedgerReader ledger = appliance.appliance().context().getBean(LedgerReader.class);
        List<String> actions = new ArrayList<>();
        ledger.read(0, ledger.size(), true, row -> {
            Json.Obj record = Json.parseObject(requireNonNull(row.body()));
            if (record.text("action").startsWith("policy.shadow")) {
                actions.add(record.text("action"));
            }
            return true;
        });
        return actions;
    }

    private static Json.Obj change(Json.Obj report, String stream, String who, String field, String kind) {
        List<Json.Obj> fitting = report.objects("changes", each -> each).stream()
                .filter(each -> stream.equals(each.optionalText("stream"))
                        && (who.isEmpty() ? each.optionalText("who") == null : who.equals(each.optionalText("who")))
                        && field.equals(each.text("field"))
                        && kind.equals(each.text("kind")))
                .toList();
        assertThat(fitting).as(report.toString()).hasSize(1);
        return fitting.getFirst();
    }

    // --- The story

    @Test
    @Order(1)
    void whatChangesIsCountedAndShownBySamplesAndNoValueIsInIt() {
        doors.add(append("audit.doors", 1));
        doors.add(append("audit.doors", 2));
        doors.add(append("audit.doors", 3));
        append("audit.desks", 4);
        append("audit.desks", 5);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> appliance
                                .get("/api/v1/query/records/" + doors.getFirst(), as(reader))
                                .statusCode()
                        == 200);
        propose(
                "mask",
                Map.of(
                        "masking.yaml", """
                        profiles:
                          - name: readers
                            roles: [Audit.Reader]
                            uses: [read]
                            streams: [audit.doors]
                            rules:
                              - {fields: [/attributes/email], mask: last4}
                          - name: everybody
                            roles: ['*']
                            rules:
                              - {mask: none}
                        """,
                        "classification.yaml", """
                        default: INTERNAL
                        rules:
                          - {streams: [audit.desks], fields: [/attributes/desk], class: CONFIDENTIAL}
                        """));

        HttpResponse<String> begun = begin(officer, "mask", "{\"days\":7}");

        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        Json.Obj ended = ended("mask");
        assertThat(ended.text("state")).as(ended.toString()).isEqualTo("completed");
        HttpResponse<String> answer = appliance.get(PROPOSALS + "mask/shadow/report", as(officer));
        Json.Obj report = json(answer);
        long entries = report.integer("endSeq");
        Json.Obj intake = report.object("intake");
        assertThat(intake.integer("decided")).isEqualTo(entries).isEqualTo(ended.integer("total"));
        assertThat(intake.integer("changed")).isEqualTo(5);
        assertThat(intake.object("byKind").toString()).isEqualTo("{\"classification\":2,\"handling\":5}");
        assertThat(intake.object("byStream").object("audit.doors").toString())
                .isEqualTo("{\"changed\":3,\"decided\":3}");
        assertThat(intake.object("byStream").object("audit.desks").toString())
                .isEqualTo("{\"changed\":2,\"decided\":2}");
        Json.Obj visibility = report.object("visibility");
        assertThat(visibility.integer("changed")).isEqualTo(3);
        assertThat(visibility.object("byWho").object("Audit.Reader").integer("changed"))
                .isEqualTo(3);
        assertThat(visibility.object("byWho").object("Audit.Admin").integer("changed"))
                .isZero();
        assertThat(report.object("reads").integer("changed")).isEqualTo(1);

        assertThat(report.list("changes")).hasSize(5);
        Json.Obj masked = change(report, "audit.doors", "Audit.Reader", "/attributes/email", "reading");
        assertThat(masked.text("before")).isEqualTo("shown");
        assertThat(masked.text("after")).isEqualTo("masked as last4");
        assertThat(masked.integer("seen")).isEqualTo(3);
        assertThat(masked.objects("samples", sample -> sample.text("recordId"))).isEqualTo(doors);
        Json.Obj raised = change(report, "audit.desks", "", "", "classification");
        assertThat(raised.text("before")).isEqualTo("INTERNAL");
        assertThat(raised.text("after")).isEqualTo("CONFIDENTIAL");
        assertThat(raised.integer("seen")).isEqualTo(2);
        assertThat(change(report, "audit.desks", "", "/attributes/desk", "handling")
                        .text("after"))
                .isEqualTo("committed as CONFIDENTIAL");
        assertThat(change(report, "audit.doors", "", "/attributes/email", "handling")
                        .text("after"))
                .isEqualTo("committed as INTERNAL");

        assertThat(answer.body()).doesNotContain("secret");
        assertThat(Digest.of(answer.body().getBytes(UTF_8)).toString()).isEqualTo(ended.text("report"));
    }

    @Test
    @Order(2)
    void theReportIsAttachedToTheProposalAndNamesBothCommits() {
        Json.Obj proposal = get(PROPOSALS + "mask");
        Json.Obj shadow = proposal.object("shadow");

        assertThat(shadow.text("report")).isEqualTo(state("mask").text("report"));
        assertThat(shadow.object("head").text("commit")).isEqualTo(git.head());
        assertThat(shadow.object("base").text("bundle"))
                .isEqualTo(new BuiltInPolicy().bundle().digest().toString());
        assertThat(shadow.object("summary").object("intake").integer("changed")).isEqualTo(5);
        assertThat(shadow.get("stale")).hasToString("Optional[false]");
        assertThat(recorded()).containsExactly("policy.shadow-requested", "policy.shadow-completed");
    }

    @Test
    @Order(3)
    void aFurtherPushMakesItStale() {
        git.write("bundle.yaml", git.read("bundle.yaml") + "# another\n").commit("another");
        git.push("HEAD:refs/heads/proposals/mask").good();

        assertThat(get(PROPOSALS + "mask").object("shadow").get("stale")).hasToString("Optional[true]");
        assertThat(state("mask").get("stale")).hasToString("Optional[true]");
    }

    @Test
    @Order(4)
    void whatCannotBeUsedIsRefusedAndNothingBegins() {
        for (String body : List.of(
                "{\"days\":0}", "{\"days\":367}", "{\"rate\":0}", "{\"days\":\"7\"}", "{\"hours\":1}", "[]", "")) {
            assertThat(begin(officer, "mask", body).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(begin(officer, "nothing", "{}").statusCode()).isEqualTo(404);
        assertThat(appliance.get(PROPOSALS + "nothing/shadow", as(officer)).statusCode())
                .isEqualTo(404);
        assertThat(cancel("mask").statusCode()).isEqualTo(404);
        assertThat(recorded()).hasSize(2);
    }

    @Test
    @Order(5)
    void onlyPeopleWhomPolicyLetsMay() {
        HttpResponse<String> refused = begin(operator, "mask", "{}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("policy.shadow");
        assertThat(begin(proposer, "mask", "{}").statusCode()).isEqualTo(403);
        assertThat(begin(administrator, "mask", "{}").statusCode()).isEqualTo(403);
        assertThat(appliance.get(PROPOSALS + "mask/shadow/report", as(proposer)).statusCode())
                .isEqualTo(403);
        assertThat(recorded()).hasSize(2);
    }

    @Test
    @Order(6)
    void oneRunsAtATimeAndCanBeCancelled() {
        propose("other", Map.of("bundle.yaml", "name: other\nversion: \"2\"\n"));
        assertThat(begin(officer, "mask", "{\"rate\":1}").statusCode()).isEqualTo(202);

        HttpResponse<String> second = begin(officer, "other", "{}");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("shadow-running");
        assertThat(cancel("other").statusCode()).isEqualTo(404);

        assertThat(cancel("mask").statusCode()).isEqualTo(204);
        assertThat(state("mask").text("state")).isEqualTo("cancelled");
        assertThat(get(PROPOSALS + "mask").object("shadow").text("state"))
                .as("what was found before is still attached")
                .isEqualTo("completed");
        assertThat(begin(officer, "other", "{}").statusCode()).isEqualTo(202);
        assertThat(ended("other").object("summary").object("intake").integer("changed"))
                .isZero();
        assertThat(recorded())
                .endsWith("policy.shadow-cancelled", "policy.shadow-requested", "policy.shadow-completed");
    }

    @Test
    @Order(7)
    void whatARestartCutsOffHasFailedAndHoldsNothingUp() {
        assertThat(begin(officer, "mask", "{\"days\":366,\"rate\":1}").statusCode())
                .isEqualTo(202);
        assertThat(state("mask").text("state")).isEqualTo("running");

        appliance.close();
        appliance = start().administeredBy(administrator);
        git = Git.clone(appliance, proposer, folder.resolve("clone-again"));

        Json.Obj state = state("mask");
        assertThat(state.text("state")).isEqualTo("failed");
        assertThat(state.text("reason")).contains("stopped");
        Awaitility.await().until(() -> recorded().getLast().equals("policy.shadow-failed"));
        assertThat(begin(officer, "mask", "{}").statusCode()).isEqualTo(202);
        assertThat(ended("mask").text("state")).isEqualTo("completed");
    }

    @Test
    @Order(8)
    void hiddenFieldsAreOpenedForTheDecisionAndTheirValuesStayHidden() {
        TestOfficer ben = TestOfficer.enrol(appliance, "ben@example.com", "Compliance.Reviewer");
        TestOfficer cas = TestOfficer.enrol(appliance, "cas@example.com", "Audit.Admin");
        Approvals approvals = appliance.appliance().context().getBean(Approvals.class);
        propose(
                "hide",
                Map.of(
                        "classification.yaml",
                        "default: INTERNAL\nrules:\n  - {fields: [/attributes/email], class: RESTRICTED}\n"));
        Proposal hide = appliance.appliance().context().getBean(Proposals.class).require("proposals/hide");
        for (TestOfficer each : List.of(ben, cas)) {
            approvals.take(each.actor(), hide, each.approve(approvals.change(hide)));
        }
        appliance.appliance().context().getBean(Activations.class).activate(ben.actor(), "proposals/hide");
        String hidden = append("audit.doors", 6);
        propose("show", Map.of("bundle.yaml", "name: show\nversion: \"3\"\n", "classification.yaml", """
                default: INTERNAL
                detectors:
                  - {find: pattern, pattern: 'secret6@', class: CONFIDENTIAL}
                """));
        assertThat(get(PROPOSALS + "mask").object("shadow").get("stale"))
                .as("another bundle is in force")
                .hasToString("Optional[true]");

        assertThat(begin(officer, "show", "{}").statusCode()).isEqualTo(202);

        assertThat(ended("show").text("state")).isEqualTo("completed");
        HttpResponse<String> answer = appliance.get(PROPOSALS + "show/shadow/report", as(officer));
        List<Json.Obj> changes = json(answer).objects("changes", each -> each).stream()
                .filter(each ->
                        each.text("kind").equals("handling") && "audit.doors".equals(each.optionalText("stream")))
                .toList();
        assertThat(changes).extracting(each -> each.text("before")).containsOnly("committed as RESTRICTED");
        assertThat(changes)
                .extracting(each -> each.text("after"), each -> each.integer("seen"))
                .containsExactly(tuple("kept in clear", 3L), tuple("committed as CONFIDENTIAL", 1L));
        assertThat(changes.getLast().objects("samples", sample -> sample.text("recordId")))
                .containsExactly(hidden);
        assertThat(answer.body()).doesNotContain("secret6").doesNotContain("secret1@");
    }
}
