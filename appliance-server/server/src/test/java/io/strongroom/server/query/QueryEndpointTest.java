package io.strongroom.server.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.QueryItem;
import io.strongroom.api.QueryPage;
import io.strongroom.api.Scope;
import io.strongroom.api.json.Json;
import io.strongroom.server.ApplianceFixture;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions to a whole appliance. */
class QueryEndpointTest {
    private static final int RECORDS = 7;

    private static ApplianceFixture appliance;
    private static String reader;
    private static String otherReader;

    @BeforeAll
    static void start(@TempDir Path data) {
        appliance = ApplianceFixture.start(data);
        String writer = appliance.token(Set.of(Scope.INGEST), "desk");
        reader = appliance.token(Set.of(Scope.READ));
        otherReader = appliance.token(Set.of(Scope.READ));
        for (int i = 0; i < RECORDS; i++) {
            String record = """
                    {"tenantId":"acme","source":{"id":"desk"},"occurredAt":"2026-11-21T01:02:0%d.000Z",\
                    "action":"Appointment.Booked","outcome":"success","actor":{"type":"User","id":"user%d"},\
                    "resource":{"type":"Appointment","id":"apt_%d"},"attributes":{"note":"Prague room %d"},\
                    "labels":{"env":"prod"}}""".formatted(i, i % 2, i, i);
            HttpResponse<String> answer = appliance.post(
                    "/api/v1/audit/records",
                    record,
                    "Authorization",
                    "Bearer " + writer,
                    "X-Tenant-Id",
                    ApplianceFixture.TENANT,
                    "Idempotency-Key",
                    "key-" + i);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
        Awaitility.await()
                .until(() -> page("/api/v1/query/records?source=desk").items().size() == RECORDS);
    }

    @AfterAll
    static void close() {
        appliance.close();
    }

    private static HttpResponse<String> get(String token, String path) {
        return appliance.get(path, "Authorization", "Bearer " + token, "X-Tenant-Id", ApplianceFixture.TENANT);
    }

    private static Json.Obj json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parseObject(answer.body().getBytes(UTF_8));
    }

    private static QueryPage page(String path) {
        return QueryPage.fromJson(json(get(reader, path)));
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Json.parseObject(answer.body().getBytes(UTF_8)).text("code")).isEqualTo(code);
    }

    private static List<String> resources(QueryPage page) {
        return page.items().stream()
                .map(item -> item.record().object("resource").text("id"))
                .toList();
    }

    @Test
    void recordsAreFoundByFieldLabelAndWord() {
        String base = "/api/v1/query/records?sort=occurredAt&source=desk&";
        assertThat(resources(page(base + "actor=user1"))).containsExactly("apt_1", "apt_3", "apt_5");
        assertThat(resources(page(base + "resource=apt_4"))).containsExactly("apt_4");
        assertThat(resources(page(base + "label.env=prod&q=PRAGUE&to=2026-11-21T01:02:02.000Z")))
                .containsExactly("apt_0", "apt_1");
        assertThat(page(base + "q=Vienna").items()).isEmpty();
    }

    @Test
    void whatHasAnExcludedValueIsLeftOutAndWhatLacksTheFieldStays() {
        String base = "/api/v1/query/records?sort=occurredAt&source=desk&";
        assertThat(resources(page(base + "not.actor=user1"))).containsExactly("apt_0", "apt_2", "apt_4", "apt_6");
        assertThat(resources(page(base + "not.actor=user1&not.resource=apt_0&not.resource=apt_6")))
                .containsExactly("apt_2", "apt_4");
        assertThat(resources(page(base + "actor=user0&not.resource=apt_2&q=prague")))
                .containsExactly("apt_0", "apt_4", "apt_6");
        assertThat(page(base + "not.label.env=prod").items()).isEmpty();
        assertThat(page(base + "not.outcome=success").items()).isEmpty();
        assertThat(page(base + "not.label.team=fraud&not.outcome=failure").items())
                .hasSize(RECORDS);
        assertThat(page("/api/v1/query/records?not.source=desk&limit=500").items())
                .isNotEmpty()
                .noneMatch(item -> item.record().object("source").text("id").equals("desk"));
        assertThat(page("/api/v1/query/records?not.stream=audit.default&limit=500")
                        .items())
                .isNotEmpty()
                .noneMatch(item -> item.record().text("stream").equals("audit.default"));
        refused(get(reader, base + "not.q=prague"), 400, "unsupported-filter");
        refused(get(reader, base + "except.actor=user1"), 400, "unsupported-filter");
    }

    @Test
    void aCursorIsBoundToWhatIsLeftOut() {
        String base = "/api/v1/query/records?source=desk&sort=seq&limit=2&not.actor=user1";
        QueryPage first = page(base);
        String cursor = "&cursor=" + URLEncoder.encode(String.valueOf(first.nextCursor()), UTF_8);
        QueryPage second = page(base + cursor);
        assertThat(resources(first)).containsExactly("apt_0", "apt_2");
        assertThat(resources(second)).containsExactly("apt_4", "apt_6");
        assertThat(second.nextCursor()).isNull();
        refused(get(reader, base + "&not.actor=user0" + cursor), 400, "invalid-cursor");
        refused(get(reader, "/api/v1/query/records?source=desk&sort=seq&limit=2" + cursor), 400, "invalid-cursor");
    }

    @Test
    void anAnswerSaysHowFreshItIs() {
        HttpResponse<String> answer = get(reader, "/api/v1/query/records?source=desk&limit=1");
        assertThat(answer.headers().firstValueAsLong("X-Watermark")).isPresent();
        assertThat(answer.headers().firstValueAsLong("X-Lag")).isPresent();
        assertThat(QueryPage.fromJson(json(answer)).watermark()).isGreaterThanOrEqualTo(RECORDS);
    }

    @Test
    void pagesFollowEachOtherForTheReaderWhoAskedAndForNobodyElse() {
        String base = "/api/v1/query/records?source=desk&sort=seq&limit=4";
        QueryPage first = page(base);
        String cursor = "&cursor=" + URLEncoder.encode(String.valueOf(first.nextCursor()), UTF_8);
        QueryPage second = page(base + cursor);
        assertThat(resources(first)).containsExactly("apt_0", "apt_1", "apt_2", "apt_3");
        assertThat(resources(second)).containsExactly("apt_4", "apt_5", "apt_6");
        assertThat(second.nextCursor()).isNull();
        refused(get(otherReader, base + cursor), 400, "invalid-cursor");
        refused(get(reader, base + "&actor=user1" + cursor), 400, "invalid-cursor");
        refused(get(reader, base + "&cursor=AAAA"), 400, "invalid-cursor");
    }

    @Test
    void whatCannotBeFilteredOrSortedIsRefused() {
        refused(get(reader, "/api/v1/query/records?attributes.note=x"), 400, "unsupported-filter");
        refused(get(reader, "/api/v1/query/records?sort=action"), 400, "unsupported-filter");
        refused(get(reader, "/api/v1/query/records?from=yesterday"), 400, "invalid-parameter");
        refused(get(reader, "/api/v1/query/records?actor=a&actor=b"), 400, "invalid-parameter");
        refused(get(appliance.adminToken(), "/api/v1/query/records"), 403, "forbidden");
    }

    @Test
    void oneRecordIsReadByItsId() {
        QueryItem item = page("/api/v1/query/records?resource=apt_2").items().getFirst();
        Json.Obj answer = json(get(reader, "/api/v1/query/records/" + item.recordId()));
        assertThat(QueryItem.fromJson(answer)).isEqualTo(item);
        refused(get(reader, "/api/v1/query/records/01ARZ3NDEKTSV4RRFFQ69G5FAV"), 404, "not-found");
        refused(get(reader, "/api/v1/query/records/nonsense"), 400, "invalid-parameter");
    }

    @Test
    void whoReadRecordsIsInTheLedger() {
        page("/api/v1/query/records?actor=user0");
        Awaitility.await().untilAsserted(() -> {
            QueryPage access = page("/api/v1/query/records?stream=system.access&action=Records.Queried&limit=500");
            assertThat(access.items()).anySatisfy(item -> assertThat(
                            item.record().object("attributes").texts("filters"))
                    .containsExactly("actor"));
        });
    }

    @Test
    void aScreenThatIsRefreshedLeavesOneRecord() {
        List<String> filters = List.of("outcome", "resource");
        for (int i = 0; i < 5; i++) {
            page("/api/v1/query/records?resource=apt_6&outcome=success");
        }
        page("/api/v1/query/records?resource=apt_6&outcome=failure");
        // Records are in order: once the last is found, the others are.
        Awaitility.await().untilAsserted(() -> {
            QueryPage access = page("/api/v1/query/records?stream=system.access&action=Records.Queried&limit=500");
            assertThat(access.items().stream()
                            .map(item -> item.record().object("attributes"))
                            .filter(attributes -> attributes.texts("filters").containsAll(filters)))
                    .hasSize(2)
                    .allSatisfy(
                            attributes -> assertThat(attributes.text("until")).endsWith("Z"));
        });
    }

    @Test
    void facetsCountWhatFits() {
        Json.Obj answer = json(get(reader, "/api/v1/query/facets?source=desk&fields=actor,outcome,label"));
        assertThat(answer.text("counted")).isEqualTo("all");
        assertThat(answer.toString())
                .contains("{\"records\":4,\"value\":\"user0\"},{\"records\":3,\"value\":\"user1\"}")
                .contains("{\"records\":7,\"value\":\"success\"}")
                .contains("{\"records\":7,\"value\":\"env=prod\"}");
        Json.Obj without = json(
                get(reader, "/api/v1/query/facets?source=desk&not.actor=user1&fields=actor,resource,source,label"));
        assertThat(without.text("counted")).isEqualTo("all");
        assertThat(without.toString())
                .contains("{\"records\":4,\"value\":\"user0\"}")
                .contains("{\"records\":4,\"value\":\"env=prod\"}")
                .doesNotContain("user1", "apt_1");
        assertThat(json(get(reader, "/api/v1/query/facets?not.source=desk")).toString())
                .doesNotContain("Appointment.Booked");
        assertThat(json(get(reader, "/api/v1/query/facets")).toString())
                .contains("{\"records\":7,\"value\":\"Appointment.Booked\"}");
    }

    @Test
    void aPlanShowsItsStatementsWithTheTenantPredicate() {
        HttpResponse<String> answer = plan("{\"actor\":\"user1\",\"sort\":\"-occurredAt\",\"limit\":10}");
        assertThat(json(answer).text("tenantPredicate")).isEqualTo("tenant_id = ?");
        assertThat(answer.body()).contains("tenant_id = ?").contains("explain").doesNotContain("user1");
        HttpResponse<String> without = plan("{\"not.actor\":[\"user1\",\"user2\"],\"not.source\":\"desk\"}");
        assertThat(json(without).texts("filters")).containsExactly("not.actor", "not.source");
        assertThat(json(without).text("tenantPredicate")).isEqualTo("tenant_id = ?");
        assertThat(without.body()).doesNotContain("user1", "desk");
        refused(plan("{\"not.actor\":[]}"), 400, "invalid-parameter");
        refused(plan("{\"actor\":[\"user1\"]}"), 400, "invalid-parameter");
    }

    private static HttpResponse<String> plan(String body) {
        return appliance.post(
                "/api/v1/query/plan",
                body,
                "Authorization",
                "Bearer " + reader,
                "X-Tenant-Id",
                ApplianceFixture.TENANT);
    }

    @Test
    void theReadModelsCanBeMadeAgain() {
        HttpResponse<String> answer = appliance.post(
                "/api/v1/projection/rebuild",
                "{}",
                "Authorization",
                "Bearer " + appliance.adminToken(),
                "X-Tenant-Id",
                ApplianceFixture.TENANT);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        Awaitility.await().untilAsserted(() -> {
            Json.Obj status = json(get(reader, "/api/v1/projection"));
            assertThat(status.toString()).contains("\"rebuilding\":false");
            assertThat(page("/api/v1/query/records?source=desk").items()).hasSize(RECORDS);
        });
    }
}
