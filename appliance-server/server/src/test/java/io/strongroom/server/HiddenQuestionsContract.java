package io.strongroom.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.strongroom.api.AuditRecord;
import io.strongroom.api.QueryPage;
import io.strongroom.api.Scope;
import io.strongroom.api.client.BatchOptions;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.server.ledger.LedgerReader;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What a reader can find out by asking about fields that policy hides from them: of records that keep them apart, and of
 * records from before, which hold them in clear and which a later bundle hides.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HiddenQuestionsContract {
    private static final String SOURCE = "desk";
    private static final String ALL = "/api/v1/query/records?source=" + SOURCE;
    private static final Instant FIRST = Instant.parse("2026-11-21T01:02:03.004Z");

    private final ApplianceFixture appliance;
    private final String reader;
    private final String auditor;

    HiddenQuestionsContract(Path folder, String... options) {
        String writer;
        String admin;
        try (ApplianceFixture before = ApplianceFixture.start(folder.resolve("data"), options)) {
            admin = before.adminToken();
            writer = before.token(Set.of(Scope.INGEST), SOURCE);
            send(before, writer, 0, 10);
        }
        appliance = ApplianceFixture.start(folder.resolve("data"), List.of(policy()), options)
                .administeredBy(admin);
        reader = appliance.token(Set.of(Scope.READ));
        auditor = appliance.token(Set.of(Scope.READ, Scope.EXPORT));
        send(appliance, writer, 10, 12);
        Awaitility.await().until(() -> page(ALL + "&sort=seq").items().size() == 12);
    }

    private static void send(ApplianceFixture to, String writer, int first, int end) {
        List<AuditRecord> records = new ArrayList<>();
        for (int i = first; i < end; i++) {
            // The later ones happened earlier, so that an order by time would tell when.
            records.add(
                    AuditRecord.of(SOURCE, i % 2 == 0 ? "Door.Opened" : "Door.Closed", FIRST.minusSeconds(i))
                            .sequence(i)
                            .stream(i % 5 == 0 ? "hr.doors" : "audit.doors")
                            .actor("User", "mary")
                            .resource("Door", "door-" + i)
                            .attribute("note", "zebra")
                            .build());
        }
        try (StrongroomClient client = to.client(writer)) {
            client.records().appendAll(records.iterator(), BatchOptions.DEFAULT, result -> assertThat(
                            result.status().acknowledged())
                    .isTrue());
        }
    }

    private static CompiledPolicy policy() {
        return TestPolicies.of(
                Map.of("classification.yaml", """
                default: INTERNAL
                rules:
                  - {fields: [/actor/id], class: RESTRICTED, kind: identifier}
                  - {fields: [/attributes/note], class: CONFIDENTIAL}
                """, "masking.yaml", """
                profiles:
                  - name: people
                    roles: [Audit.Reader, Export.Operator]
                    streams: [hr.*]
                    rules:
                      - {fields: [/occurredAt], mask: year}
                      - {classes: [RESTRICTED], mask: last4}
                  - name: reading
                    roles: [Audit.Reader, Export.Operator]
                    rules:
                      - {name: nobody reads names, classes: [RESTRICTED], mask: omit}
                      - {fields: [/labels/team], mask: omit}
                """, "access.yaml", """
                rules:
                  - {roles: [Audit.Reader], operations: [records.read], streams: [audit.*, hr.*]}
                """, "export.yaml", """
                rules:
                  - {roles: [Export.Operator], purpose: optional}
                """));
    }

    @AfterAll
    void stop() {
        appliance.close();
    }

    private HttpResponse<String> get(String path) {
        return appliance.get(path, "Authorization", "Bearer " + reader, "X-Tenant-Id", ApplianceFixture.TENANT);
    }

    private HttpResponse<String> post(String token, String path, String body) {
        return appliance.post(path, body, "Authorization", "Bearer " + token, "X-Tenant-Id", ApplianceFixture.TENANT);
    }

    private static Json.Obj json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parseObject(answer.body().getBytes(UTF_8));
    }

    private QueryPage page(String path) {
        return QueryPage.fromJson(json(get(path)));
    }

    private static String refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        Json.Obj problem = Json.parseObject(answer.body().getBytes(UTF_8));
        assertThat(problem.text("code")).isEqualTo("field-hidden");
        return problem.text("detail");
    }

    @Test
    void aFilterOnAHiddenFieldIsRefusedWithTheRuleAndWithoutAWordOfWhetherThereIsOne() {
        String known = refused(get(ALL + "&actor=mary"));
        assertThat(known).contains("/actor/id", "every stream", "masking.yaml").doesNotContain("mary");
        assertThat(refused(get(ALL + "&actor=nobody"))).isEqualTo(known);
        assertThat(refused(get(ALL + "&actor=mary&stream=audit.doors"))).contains("nobody reads names");
        assertThat(refused(get(ALL + "&label.team=x&stream=audit.doors"))).contains("/labels/team");
        assertThat(refused(get(ALL + "&find./attributes/note=zebra"))).contains("/attributes/note");
    }

    @Test
    void leavingOutByAHiddenFieldIsRefusedAlike() {
        String known = refused(get(ALL + "&not.actor=mary"));
        assertThat(known).contains("not.actor", "/actor/id", "masking.yaml").doesNotContain("mary");
        assertThat(refused(get(ALL + "&not.actor=nobody"))).isEqualTo(known);
        refused(get(ALL + "&not.label.team=x&stream=audit.doors"));
        refused(get("/api/v1/query/facets?not.actor=mary"));
        refused(post(reader, "/api/v1/query/plan", "{\"not.actor\":[\"mary\"]}"));
        String selection = "{\"purpose\":\"x\",\"selection\":{\"not\":{\"actor\":[\"mary\"]}}}";
        assertThat(refused(post(auditor, "/api/v1/exports", selection))).contains("/actor/id");
        assertThat(refused(post(auditor, "/api/v1/exports/estimate", selection)))
                .contains("/actor/id");
    }

    @Test
    void whatIsToldOfARecordThatIsWithheldLeavesItOut() {
        QueryPage closed = page(ALL + "&not.action=Door.Opened&sort=seq");
        assertThat(closed.items()).hasSize(6);
        assertThat(closed.items().getFirst().more().text("withheld")).isEqualTo("policy");
        assertThat(closed.unsearched()).isEmpty();
        QueryPage some = page(ALL + "&not.label.team=x&sort=seq");
        assertThat(some.items()).hasSize(12);
        assertThat(some.unsearched())
                .extracting(QueryPage.Unsearched::filter, QueryPage.Unsearched::streams)
                .containsExactly(tuple("not.label.team", "audit.*"));
        assertThat(page(ALL + "&not.resource=door-3&not.stream=hr.doors").items())
                .hasSize(8)
                .allSatisfy(item -> assertThat(item.toString()).doesNotContain("door-3", "hr.doors"));
    }

    @Test
    void facetsAndPlansAreRefusedAlike() {
        refused(get("/api/v1/query/facets?actor=mary"));
        refused(get("/api/v1/query/facets?fields=actor"));
        refused(post(reader, "/api/v1/query/plan", "{\"actor\":\"mary\"}"));
        Json.Obj counted = json(get("/api/v1/query/facets?source=" + SOURCE + "&fields=action,stream"));
        assertThat(counted.toString())
                .as("what is told of records that are withheld counts")
                .contains("{\"records\":6,\"value\":\"Door.Opened\"}", "{\"records\":3,\"value\":\"hr.doors\"}");
    }

    @Test
    void aFieldThatIsHiddenInSomeStreamsFindsNoneOfTheseAndTheAnswerSaysSo() {
        QueryPage answer = page(ALL + "&label.team=x");
        assertThat(answer.items()).isEmpty();
        assertThat(answer.unsearched())
                .extracting(QueryPage.Unsearched::filter, QueryPage.Unsearched::streams, QueryPage.Unsearched::reason)
                .containsExactly(
                        tuple("label.team", "audit.*", "omitted by masking.yaml:12"),
                        tuple("label.team", "hr.*", "kept apart, and no rule of handling.yaml has it findable"));
    }

    @Test
    void aWordThatOnlyHiddenFieldsHoldFindsNothingAndNoPageFollows() {
        QueryPage page = page(ALL + "&q=zebra&limit=1");
        assertThat(page.items()).isEmpty();
        assertThat(page.nextCursor()).isNull();
    }

    @Test
    void aRecordThatALaterBundleWithholdsIsFoundByWhatIsToldOfIt() {
        assertThat(page(ALL + "&action=Door.Opened&stream=audit.doors").items()).hasSize(4);
        QueryPage one = page(ALL + "&resource=door-3&limit=1");
        assertThat(one.items()).hasSize(1);
        assertThat(one.items().getFirst().more().text("withheld")).isEqualTo("policy");
        assertThat(one.nextCursor()).isNull();
        assertThat(one.items().toString()).doesNotContain("mary", "zebra");
    }

    @Test
    void noOrderAndNoBoundTellsATimeThatIsHidden() {
        refused(get(ALL + "&stream=hr.doors&sort=occurredAt"));
        refused(get(ALL + "&stream=hr.doors&from=2026-11-21T01:02:00.000Z"));
        assertThat(seqs(page(ALL))).as("as the ledger took them").isSortedAccordingTo((a, b) -> Long.compare(b, a));
        List<String> byTime = streams(page(ALL + "&sort=occurredAt"));
        assertThat(byTime)
                .as("of those that hold the time in clear")
                .hasSize(10)
                .filteredOn("hr.doors"::equals)
                .hasSize(1);
        assertThat(seqs(page(ALL + "&stream=audit.doors")))
                .as("an order by time where it is shown")
                .hasSize(9)
                .isSorted();
        assertThat(page(ALL + "&stream=hr.doors").items().toString()).doesNotContain("2026-11-21T01:0");
    }

    private static List<Long> seqs(QueryPage page) {
        return page.items().stream().map(item -> item.seq()).toList();
    }

    private static List<String> streams(QueryPage page) {
        return page.items().stream()
                .map(item -> item.record().members().containsKey("stream")
                        ? item.record().text("stream")
                        : item.more().object("entry").text("stream"))
                .toList();
    }

    @Test
    void aCursorTellsNoTime() {
        String cursor = String.valueOf(page(ALL + "&stream=audit.doors&limit=2").nextCursor());
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        byte[] prefix = ByteBuffer.allocate(8).putLong(FIRST.toEpochMilli()).array();
        assertThat(new String(bytes, ISO_8859_1)).doesNotContain(new String(prefix, 0, 5, ISO_8859_1));
        assertThat(page(ALL + "&stream=audit.doors&limit=2&cursor=" + cursor).items())
                .hasSize(2);
    }

    @Test
    void aPackIsNotSelectedByWhatItsReaderMayNotSee() {
        String selection = "{\"format\":\"ndjson\",\"purpose\":\"x\",\"selection\":{\"actor\":\"mary\"}}";
        assertThat(refused(post(auditor, "/api/v1/exports", selection))).contains("/actor/id");
    }

    @Test
    void whoTriesIsRecorded() {
        refused(get(ALL + "&actor=mary"));
        Awaitility.await().until(() -> guardRecords().contains("\"outcome\":\"field-hidden\""));
        assertThat(guardRecords()).doesNotContain("mary");
    }

    private String guardRecords() {
        LedgerReader ledger = appliance.appliance().context().getBean(LedgerReader.class);
        StringBuilder found = new StringBuilder();
        ledger.read(0, ledger.size(), true, row -> {
            if (row.entry().stream().equals("system.guard")) {
                found.append(new String(requireNonNull(row.body()), UTF_8));
            }
            return true;
        });
        return found.toString();
    }
}
