package io.strongroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.AuditRecord;
import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportState;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.Scope;
import io.strongroom.api.Selection;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.server.ledger.LedgerReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers meet who use up more than the bundle in force gives them, and what is recorded of it. */
class QuotasOverHttpTest {
    private static final String QUOTAS = """
            rules:
              - {sources: [daily], bytesPerDay: 500}
              - {sources: [fast], recordsPerSecond: 3}
              - {roles: [Export.*], recordsPerExport: 2}
              - {roles: [Audit.*], requestsPerSecond: 2}
            """;
    private static final int LINES = 300;

    @TempDir
    Path folder;

    private static AuditRecord record(String source, int number) {
        return AuditRecord.of(source, "Door.Opened", Instant.parse("2026-11-21T01:02:03.004Z"))
                .sequence(number)
                .actor("Person", "p1")
                .resource("Door", "d1")
                .build();
    }

    private static String line(String source, int number) {
        return record(source, number).toJson().toString();
    }

    private static HttpResponse<String> post(
            ApplianceFixture appliance, String token, String path, String type, String body) {
        return appliance.send(
                HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)),
                path,
                "Authorization",
                "Bearer " + token,
                "X-Tenant-Id",
                ApplianceFixture.TENANT,
                "Content-Type",
                type,
                "Idempotency-Key",
                Integer.toHexString(body.hashCode()));
    }

    private static Json.Obj object(String text) {
        return Json.parseObject(text.getBytes(UTF_8));
    }

    @Test
    void whoUsesUpMoreIsPutOffAndTheMinuteIsRecorded() {
        Path data = folder.resolve("data");
        String admin;
        try (ApplianceFixture appliance = ApplianceFixture.start(data, List.of(PolicyOf.quotas(QUOTAS)))) {
            admin = appliance.adminToken();
            bytesOfADay(appliance);
            bytesOfAnUpload(appliance);
            recordsOfASecond(appliance);
            requestsOfASecond(appliance);
            recordsOfAPack(appliance);
        }
        try (ApplianceFixture again = ApplianceFixture.start(data).administeredBy(admin)) {
            assertThat(refusedRoutes(again))
                    .containsExactlyInAnyOrder(
                            "POST /api/v1/audit/records",
                            "POST /api/v1/audit/objects",
                            "POST /api/v1/audit/records:batch",
                            "GET /api/v1/ledger/trust");
        }
    }

    private static void bytesOfADay(ApplianceFixture appliance) {
        String token = appliance.token(Set.of(Scope.INGEST), "daily");
        List<HttpResponse<String>> answers = IntStream.range(0, 5)
                .mapToObj(number ->
                        post(appliance, token, "/api/v1/audit/records", "application/json", line("daily", number)))
                .toList();

        assertThat(answers.getFirst().statusCode()).isEqualTo(201);
        HttpResponse<String> last = answers.getLast();
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(object(last.body()).text("code")).isEqualTo("quota-exceeded");
        assertThat(object(last.body()).text("detail")).contains("quotas.yaml:2", "500 bytes");
        assertThat(last.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Long.parseLong(seconds)).isBetween(1L, 86_400L));
    }

    private static void bytesOfAnUpload(ApplianceFixture appliance) {
        String token = appliance.token(Set.of(Scope.INGEST), "daily");
        String path = "/api/v1/audit/objects";

        assertThat(post(appliance, token, path, "application/octet-stream", "x".repeat(400))
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<String> more = post(appliance, token, path, "application/octet-stream", "y".repeat(400));
        assertThat(more.statusCode()).isEqualTo(429);
        assertThat(object(more.body()).text("code")).isEqualTo("quota-exceeded");
        assertThat(more.headers().firstValue("Retry-After")).isPresent();
    }

    private static void recordsOfASecond(ApplianceFixture appliance) {
        String token = appliance.token(Set.of(Scope.INGEST), "fast");
        String batch = IntStream.range(0, LINES)
                .mapToObj(number -> line("fast", number))
                .collect(Collectors.joining("\n"));
        HttpResponse<String> answer =
                post(appliance, token, "/api/v1/audit/records:batch", "application/x-ndjson", batch);

        List<Json.Obj> results =
                answer.body().lines().map(QuotasOverHttpTest::object).toList();
        assertThat(results).hasSize(LINES);
        assertThat(results.subList(0, 3))
                .allMatch(result -> result.text("status").equals("appended"));
        List<Json.Obj> putOff = results.stream()
                .filter(result -> result.text("status").equals("retry"))
                .toList();
        assertThat(putOff).isNotEmpty().allSatisfy(result -> {
            assertThat(result.object("problem").text("code")).isEqualTo("quota-exceeded");
            assertThat(result.integer("retryAfter")).isPositive();
        });
    }

    private static void requestsOfASecond(ApplianceFixture appliance) {
        String token = "Bearer " + appliance.token(Set.of(Scope.READ));
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (int i = 0; i < 200 && answers.stream().noneMatch(answer -> answer.statusCode() == 429); i++) {
            answers.add(appliance.get("/api/v1/ledger/trust", "Authorization", token));
        }
        HttpResponse<String> last = answers.getLast();
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(object(last.body()).text("code")).isEqualTo("quota-exceeded");
        assertThat(last.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(last.headers().firstValue("RateLimit-Policy")).hasValue("\"quota\";q=2;w=1");
    }

    private static void recordsOfAPack(ApplianceFixture appliance) {
        try (StrongroomClient exporter = appliance.client(appliance.token(Set.of(Scope.EXPORT)))) {
            assertThat(made(exporter, "daily").status()).isEqualTo(ExportState.READY);
            ExportStatus large = made(exporter, "fast");
            assertThat(large.status()).isEqualTo(ExportState.FAILED);
            assertThat(requireNonNull(large.problem()).code()).isEqualTo("export-too-large");
            assertThat(requireNonNull(large.problem()).detail()).contains("quotas.yaml:4", "2 records");
        }
    }

    private static ExportStatus made(StrongroomClient exporter, String source) {
        String id = exporter.exports()
                .request(new ExportRequest(Selection.where().source(source).build(), ExportFormat.NDJSON, "audit"))
                .id();
        await().until(() -> exporter.exports().status(id).status(), ExportState::settled);
        return exporter.exports().status(id);
    }

    /** By the records of the ledger itself. */
    private static Set<String> refusedRoutes(ApplianceFixture appliance) {
        LedgerReader ledger = appliance.appliance().context().getBean(LedgerReader.class);
        List<Json.Obj> found = new ArrayList<>();
        ledger.read(0, ledger.size(), true, row -> {
            if (row.entry().stream().equals("system.guard")) {
                found.add(Json.parseObject(requireNonNull(row.body())));
            }
            return true;
        });
        return found.stream()
                .filter(record -> record.text("action").equals("GuardDecision.QuotaExceeded"))
                .map(record -> record.object("attributes"))
                .peek(attributes -> assertThat(attributes.integer("count")).isPositive())
                .map(attributes -> attributes.text("route"))
                .collect(Collectors.toSet());
    }
}
