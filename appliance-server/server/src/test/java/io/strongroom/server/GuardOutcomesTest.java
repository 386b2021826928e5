package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.Scope;
import io.strongroom.api.json.Json;
import io.strongroom.server.ledger.LedgerReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded of refusals and of looks at documents (design §3), read from the ledger itself. */
class GuardOutcomesTest {
    private static final String RECORD = "{\"occurredAt\":\"2026-11-21T01:02:03.004Z\","
            + "\"source\":{\"id\":\"order-service\"},\"action\":\"A.B\",\"actor\":{\"type\":\"User\",\"id\":\"u1\"},"
            + "\"resource\":{\"type\":\"R\",\"id\":\"r1\"}";

    @TempDir
    Path folder;

    @Test
    void aDocumentOfAnotherTenantIsKeptAndTheDecisionRecorded() {
        try (ApplianceFixture appliance = ApplianceFixture.start(folder.resolve("data"))) {
            String token = "Bearer " + appliance.token(Set.of(Scope.INGEST), "order-service");
            String document = RECORD + ",\"tenantId\":\"other\"}";
            HttpResponse<String> answer =
                    appliance.post("/api/v1/audit/records", document, "Authorization", token, "Idempotency-Key", "k1");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            Json.Obj problem = object(answer.body());
            assertThat(problem.text("code")).isEqualTo("tenant-mismatch");
            String evidenceRef = problem.text("evidenceRef");

            HttpResponse<String> kept = appliance.get(
                    "/api/v1/" + evidenceRef,
                    "Authorization",
                    "Bearer " + appliance.adminToken(),
                    "X-Tenant-Id",
                    ApplianceFixture.TENANT);
            assertThat(kept.statusCode()).isEqualTo(200);
            assertThat(object(kept.body())).isEqualTo(object(document));

            // The look was durable before the document was shown; the decision follows by itself.
            assertThat(records(appliance, "system.access"))
                    .singleElement()
                    .satisfies(record -> assertThat(record.text("action")).isEqualTo("Quarantine.Read"));
            await().untilAsserted(() -> assertThat(records(appliance, "system.guard"))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.text("action")).isEqualTo("GuardDecision.TenantMismatch");
                        assertThat(record.object("attributes").text("evidenceRef"))
                                .isEqualTo(evidenceRef);
                    }));
            assertThat(records(appliance, "audit.default")).isEmpty();
        }
    }

    @Test
    void whatIsInQuarantineNamesTheRequestThatBroughtIt() {
        try (ApplianceFixture appliance = ApplianceFixture.start(folder.resolve("data"))) {
            String token = "Bearer " + appliance.token(Set.of(Scope.INGEST), "order-service");
            String document = RECORD + ",\"tenantId\":\"other\"}";
            List<String> requests = new ArrayList<>();
            for (String path : List.of("/api/v1/audit/records", "/api/v1/audit/records:batch")) {
                HttpResponse<String> answer = appliance.send(
                        HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(document)),
                        path,
                        "Authorization",
                        token,
                        "Idempotency-Key",
                        "k1");
                assertThat(answer.body()).contains("evidenceRef");
                requests.add(answer.headers().firstValue("X-Request-Id").orElseThrow());
            }
            HttpResponse<String> list = appliance.get(
                    "/api/v1/quarantine",
                    "Authorization",
                    "Bearer " + appliance.adminToken(),
                    "X-Tenant-Id",
                    ApplianceFixture.TENANT);
            assertThat(object(list.body()).objects("items", item -> item.text("requestId")))
                    .containsExactlyInAnyOrderElementsOf(requests);
        }
    }

    @Test
    void refusalsOfUnknownCallersAreAddedUpInOneRecordAMinute() {
        Path data = folder.resolve("data");
        try (ApplianceFixture appliance = ApplianceFixture.start(data)) {
            for (int i = 0; i < 3; i++) {
                assertThat(appliance.get("/api/v1/tokens").statusCode()).isEqualTo(401);
            }
        }
        try (ApplianceFixture again = ApplianceFixture.start(data)) {
            List<Json.Obj> guard = records(again, "system.guard");
            // A minute may have turned between two of them.
            assertThat(guard).hasSizeBetween(1, 2).allSatisfy(record -> {
                assertThat(record.text("action")).isEqualTo("GuardDecision.InvalidToken");
                assertThat(record.object("attributes").text("route")).isEqualTo("GET /api/v1/tokens");
            });
            assertThat(guard.stream()
                            .mapToLong(record -> record.object("attributes").integer("count"))
                            .sum())
                    .isEqualTo(3);
        }
    }

    @Test
    void wrongSetupCodesAreAddedUpAndThatTheCodeIsUsedUpIsTold() {
        Path data = folder.resolve("data");
        try (ApplianceFixture appliance = ApplianceFixture.start(data)) {
            for (int i = 0; i < 5; i++) {
                assertThat(records(appliance, "system.admin")).isEmpty();
                assertThat(setUp(appliance)).isEqualTo("setup-code-invalid");
            }
            assertThat(records(appliance, "system.admin"))
                    .extracting(record -> record.text("action"))
                    .containsExactly("SetupCode.UsedUp");
            assertThat(setUp(appliance)).isEqualTo("setup-code-invalid");
        }
        try (ApplianceFixture again = ApplianceFixture.start(data)) {
            assertThat(counted(again)).containsExactly(Map.entry("GuardDecision.SetupCodeInvalid", 6L));
            again.adminToken();
            assertThat(setUp(again)).isEqualTo("already-set-up");
        }
        try (ApplianceFixture last = ApplianceFixture.start(data)) {
            assertThat(counted(last)).containsEntry("GuardDecision.AlreadySetUp", 1L);
        }
    }

    private static String setUp(ApplianceFixture appliance) {
        return object(appliance
                        .post("/api/v1/setup", "{\"code\":\"guess\",\"name\":\"me\"}")
                        .body())
                .text("code");
    }

    /** Over the minutes. */
    private static Map<String, Long> counted(ApplianceFixture appliance) {
        return records(appliance, "system.guard").stream()
                .collect(Collectors.groupingBy(
                        record -> record.text("action"), Collectors.summingLong(record -> record.object("attributes")
                                .integer("count"))));
    }

    @Test
    void oneWhoAsksTooOftenIsTold429AndWhenToComeAgain() {
        try (ApplianceFixture appliance =
                ApplianceFixture.start(folder.resolve("data"), "--set", "rate.per-second=1", "--set", "rate.burst=5")) {
            String reader = "Bearer " + appliance.token(Set.of(Scope.READ));
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (int i = 0; i < 100 && answers.stream().noneMatch(answer -> answer.statusCode() == 429); i++) {
                answers.add(appliance.get("/api/v1/ledger/trust", "Authorization", reader));
            }
            HttpResponse<String> last = answers.getLast();
            assertThat(last.statusCode()).isEqualTo(429);
            assertThat(object(last.body()).text("code")).isEqualTo("rate-limited");
            assertThat(last.headers().firstValue("Retry-After")).contains("1");
            assertThat(last.headers().firstValue("RateLimit-Policy")).contains("\"caller\";q=5;w=5");
            assertThat(last.headers().firstValue("RateLimit"))
                    .hasValueSatisfying(value -> assertThat(value).startsWith("\"caller\";r=0;"));
        }
    }

    private static List<Json.Obj> records(ApplianceFixture appliance, String stream) {
        LedgerReader reader = appliance.appliance().context().getBean(LedgerReader.class);
        List<Json.Obj> found = new ArrayList<>();
        reader.read(0, reader.size(), true, row -> {
            byte[] body = row.body();
            if (row.entry().stream().equals(stream) && body != null) {
                found.add(Json.parseObject(body));
            }
            return true;
        });
        return found;
    }

    private static Json.Obj object(String text) {
        return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }
}
