package io.strongroom.server.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.CustodyEvent;
import io.strongroom.api.ExportEstimate;
import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportState;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.ExportSummary;
import io.strongroom.api.Page;
import io.strongroom.api.Role;
import io.strongroom.api.Scope;
import io.strongroom.api.Selection;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.client.StrongroomException;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackStatement;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.evidence.trust.TrustFile;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.TestPeople;
import io.strongroom.server.Unzipped;
import io.strongroom.server.ledger.LedgerReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Packs from the whole appliance: asked for, fetched in pieces, verified here and by an auditor's own program. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportsOverHttpTest {
    private static final int RECORDS = 25;

    private final Path folder;
    private final ApplianceFixture appliance;
    private final String auditor;
    private @Nullable String ann;

    ExportsOverHttpTest(@TempDir Path folder) {
        this.folder = folder;
        this.appliance = ApplianceFixture.start(folder.resolve("data"));
        this.auditor = appliance.token(Set.of(Scope.EXPORT));
        String producer = appliance.token(Set.of(Scope.INGEST), "order-service");
        for (int i = 0; i < RECORDS; i++) {
            HttpResponse<String> answer = appliance.post(
                    "/api/v1/audit/records",
                    "{\"tenantId\":\"acme\",\"occurredAt\":\"2026-11-21T01:02:03.004Z\",\"action\":\"Appointment.Booked\","
                            + "\"actor\":{\"type\":\"User\",\"id\":\"user-" + i % 5
                            + "\"},\"resource\":{\"type\":\"Appointment\",\"id\":\"apt_" + i
                            + "\"},\"source\":{\"id\":\"order-service\"}}",
                    headers(producer, "Idempotency-Key", "key-" + i));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
    }

    @AfterAll
    void stop() {
        appliance.close();
    }

    @Test
    void aPackOfTheWholeLedgerIsFetchedAndVerifies() throws IOException {
        ExportStatus ready = ready("{\"purpose\":\"audit\"}");
        HttpResponse<byte[]> answer = fetch(ready.id());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(Math.toIntExact(number(ready.size())));
        assertThat(Digest.of(answer.body())).hasToString(ready.sha256());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(answer.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        Ladder ladder = verify(answer.body());
        assertThat(ladder.exitCode()).as(ladder.toString()).isZero();
    }

    @Test
    void aDownloadThatBrokeOffGoesOn() throws IOException {
        String id = ready("{\"purpose\":\"audit\",\"format\":\"parquet\"}").id();
        byte[] whole = fetch(id).body();
        String tag = fetch(id).headers().firstValue("ETag").orElseThrow();

        HttpResponse<byte[]> rest = fetch(id, "Range", "bytes=1000-", "If-Range", tag);
        HttpResponse<byte[]> middle = fetch(id, "Range", "bytes=5-9");
        HttpResponse<byte[]> otherMake = fetch(id, "Range", "bytes=1000-", "If-Range", "\"other\"");
        HttpResponse<byte[]> outside = fetch(id, "Range", "bytes=" + whole.length + "-");

        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(whole, 1000, whole.length));
        assertThat(rest.headers().firstValue("Content-Range"))
                .hasValue("bytes 1000-" + (whole.length - 1) + "/" + whole.length);
        assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(whole, 5, 10));
        assertThat(middle.headers().firstValue("Content-Length")).hasValue("5");
        assertThat(otherMake.statusCode()).isEqualTo(200);
        assertThat(otherMake.body()).isEqualTo(whole);
        assertThat(outside.statusCode()).isEqualTo(416);
        assertThat(outside.headers().firstValue("Content-Range")).hasValue("bytes */" + whole.length);
        assertThat(verify(whole).exitCode()).isZero();
    }

    @Test
    void theApplianceVerifiesItsOwnPack() {
        String id = ready("{\"purpose\":\"audit\",\"selection\":{\"actor\":\"user-3\"}}")
                .id();

        HttpResponse<String> answer =
                appliance.post("/api/v1/integrity/verify/export", "{\"exportId\":\"" + id + "\"}", headers(auditor));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"verified\":true").contains("RECORDED");
        assertThat(appliance
                        .get("/metrics", "Authorization", "Bearer " + appliance.adminToken())
                        .body())
                .contains("strongroom_tamper_checks_total{outcome=\"verified\"} 1.0");
        assertThat(folder.resolve("data/spool")).isDirectoryNotContaining("glob:**clear*");
    }

    @Test
    void readingAPackIsItselfInTheNextPack() throws IOException {
        String first = ready("{\"purpose\":\"audit\"}").id();
        fetch(first);

        byte[] second = fetch(ready("{\"purpose\":\"audit\",\"selection\":{\"stream\":\"system.access\",\"resource\":\""
                                + first + "\"}}")
                        .id())
                .body();

        assertThat(verify(second).facts().toString()).isNotEmpty();
        assertThat(verify(second).exitCode()).isZero();
    }

    @Test
    void aPackLeavesOutWhatItIsAskedToAndSaysSo() throws IOException {
        Path files = unzipped(fetch(ready("{\"purpose\":\"audit\",\"selection\":{\"toSeq\":24,"
                                + "\"source\":\"order-service\",\"not\":{\"actor\":[\"user-3\",\"user-1\"],"
                                + "\"resource\":[\"apt_0\"]}}}")
                        .id())
                .body());

        List<String> shown = Files.readAllLines(files.resolve("data/records/part-00000.ndjson"));
        assertThat(shown)
                .isNotEmpty()
                .noneMatch(line -> line.contains("\"user-3\"") || line.contains("\"user-1\""))
                .noneMatch(line -> line.contains("\"apt_0\""))
                .anyMatch(line -> line.contains("\"user-4\""));
        assertThat(Files.readString(files.resolve("manifest.json")))
                .contains("\"not\":{\"actor\":[\"user-1\",\"user-3\"],\"resource\":[\"apt_0\"]}");
        Ladder ladder = verify(files);
        assertThat(ladder.exitCode()).as(ladder.toString()).isZero();
        assertThat(ladder.facts().records()).isEqualTo(shown.size());
        assertThat(ladder.facts().notSelected().count()).isEqualTo(25 - shown.size());
        assertThat(PackStatement.of(files, trust()).selection().get("not"))
                .isEqualTo("{\"actor\":[\"user-1\",\"user-3\"],\"resource\":[\"apt_0\"]}");
    }

    @Test
    void aPackOfChosenRecordsHoldsExactlyThese() throws IOException {
        LedgerReader ledger = appliance.appliance().context().getBean(LedgerReader.class);
        List<Long> places = List.of(5L, 9L, 21L);
        List<String> ids = places.stream()
                .map(seq -> ledger.find(seq).orElseThrow().entry().id().toString())
                .toList();
        ExportRequest request = new ExportRequest(Selection.ofRecords(ids), ExportFormat.PARQUET, "three of them");
        byte[] pack;
        try (StrongroomClient client = appliance.client(auditor)) {
            ExportEstimate estimate = client.exports().estimate(request);
            assertThat(estimate.records()).isEqualTo(3);
            assertThat(estimate.entries()).isEqualTo(17);
            assertThat(estimate.exact()).isTrue();
            String id = client.exports().request(request).id();
            pack = fetch(client.exports()
                            .await(id, Duration.ofSeconds(60), status -> {})
                            .id())
                    .body();
        }
        Path files = unzipped(pack);

        assertThat(Files.readAllLines(files.resolve("data/records/part-00000.ndjson")))
                .map(line ->
                        Json.parseObject(line.getBytes(StandardCharsets.UTF_8)).text("recordId"))
                .isEqualTo(ids);
        Ladder ladder = verify(files);
        assertThat(ladder.exitCode()).as(ladder.toString()).isZero();
        assertThat(ladder.facts().from()).isEqualTo(5);
        assertThat(ladder.facts().to()).isEqualTo(22);
        assertThat(ladder.facts().entries()).isEqualTo(3);
        assertThat(ladder.facts().notSelected().count()).isEqualTo(14);
    }

    @Test
    void recordsThatThereAreNotAndTooManyAreRefused() {
        assertProblem(chosen("\"01ARZ3NDEKTSV4RRFFQ69G5FAV\""), 400, "schema");
        assertProblem(chosen("\"nonsense\""), 400, "schema");
        assertProblem(chosen(""), 400, "schema");
        assertProblem(chosen("7"), 400, "schema");
        StringBuilder many = new StringBuilder("\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"");
        for (int i = 0; i < Selection.MOST_RECORDS; i++) {
            many.append(",\"01ARZ3NDEKTSV4RRFFQ6").append(100_000 + i).append('"');
        }
        assertProblem(chosen(many.toString()), 400, "schema");
    }

    private static String chosen(String ids) {
        return "{\"purpose\":\"audit\",\"selection\":{\"records\":[" + ids + "]}}";
    }

    @Test
    void badRequestsAreToldWhatIsWrong() {
        assertProblem("{\"purpose\":\"audit\",\"withhold\":[\"attributes\"]}", 400, "schema");
        assertProblem("{\"purpose\":\"audit\",\"withhold\":\"/attributes\"}", 400, "schema");
        assertProblem("{\"purpose\":\"audit\",\"selection\":{\"not\":{\"text\":[\"x\"]}}}", 400, "unsupported-filter");
        assertProblem("{\"purpose\":\"audit\",\"selection\":{\"not\":{\"actor\":[]}}}", 400, "schema");
        assertProblem("{\"purpose\":\"audit\",\"selection\":{\"not\":{\"actor\":\"x\"}}}", 400, "schema");
        assertProblem("{\"purpose\":\"audit\",\"selection\":{\"not\":{\"outcome\":[\"x\"]}}}", 400, "schema");
        assertProblem("{\"purpose\":\"audit\",\"selection\":{\"actr\":\"user-3\"}}", 400, "unsupported-filter");
        assertProblem("{\"purpose\":\"audit\",\"format\":\"xlsx\"}", 400, "export-unsupported-format");
        assertProblem("{\"purpose\":\"  \"}", 400, "schema");
        assertProblem("{}", 400, "schema");
        assertProblem("{\"purpose\":\"audit\",\"selection\":{\"fromSeq\":5,\"toSeq\":4}}", 400, "schema");
        assertProblem("{\"purpose\":\"audit\",\"selection\":{\"from\":\"now\"}}", 400, "schema");
        assertProblem("{\"purpose\":", 400, "malformed-json");
    }

    @Test
    void aPackIsForItsReaderAloneAndACancelledOneIsGone() {
        String id = ready("{\"purpose\":\"audit\"}").id();
        String other = appliance.token(Set.of(Scope.EXPORT));
        String reader = appliance.token(Set.of(Scope.READ));

        assertThat(appliance.get("/api/v1/exports/" + id, headers(other)).statusCode())
                .isEqualTo(404);
        assertThat(appliance.get("/api/v1/exports/" + id, headers(reader)).statusCode())
                .isEqualTo(403);
        assertThat(appliance
                        .send(HttpRequest.newBuilder().DELETE(), "/api/v1/exports/" + id, headers(auditor))
                        .statusCode())
                .isEqualTo(204);
        assertThat(fetch(id).statusCode()).isEqualTo(410);
    }

    /** The session of the first officer, who invites the others. */
    private synchronized String first() {
        if (ann == null) {
            ann = TestPeople.joined(appliance, appliance.adminToken(), "ann", Role.SECURITY_ADMIN);
        }
        return ann;
    }

    @Test
    void whoeverAsksForAPackIsToldOfAsWhatTheyAre() {
        String otto = TestPeople.joined(appliance, first(), "otto", Role.EXPORT_OPERATOR);
        String his;
        try (StrongroomClient client = appliance.client(otto)) {
            ExportStatus asked =
                    client.exports().request(new ExportRequest(Selection.ALL, ExportFormat.NDJSON, "audit"));
            ExportStatus ready = client.exports().await(asked.id(), Duration.ofSeconds(60), status -> {});
            client.exports().download(ready, folder.resolve("his.zip"), bytes -> {});
            his = ready.id();
            client.exports().cancel(his);
        }
        String services = ready("{\"purpose\":\"audit\"}").id();

        assertThat(actors(his))
                .containsExactly(
                        "Export.Requested by Officer otto",
                        "Export.Completed by Officer otto",
                        "Export.Downloaded by Officer otto",
                        "Export.Cancelled by Officer otto");
        assertThat(actors(services))
                .hasSize(2)
                .allMatch(line -> line.endsWith(" by ServiceToken " + auditor.substring(4, 20)));
    }

    @Test
    void packsAreListedForWhomPolicyLetsSeeThemAndToTheirAskersAlone() {
        String rosa = TestPeople.joined(appliance, first(), "rosa", Role.AUDIT_ADMIN);
        String eva = TestPeople.joined(appliance, rosa, "eva", Role.EXPORT_OPERATOR);
        String rex = TestPeople.joined(appliance, rosa, "rex", Role.COMPLIANCE_REVIEWER);
        Selection hers = Selection.where().toSeq(20L).actor("user-3").build();
        ExportRequest request = new ExportRequest(hers, ExportFormat.NDJSON, "a patient asks");
        List<String> ids = new ArrayList<>();
        try (StrongroomClient client = appliance.client(eva)) {
            for (int i = 0; i < 3; i++) {
                ExportStatus asked = client.exports().request(request);
                ids.addFirst(client.exports()
                        .await(asked.id(), Duration.ofSeconds(60), status -> {})
                        .id());
            }
            client.exports().download(client.exports().status(ids.getFirst()), folder.resolve("hers.zip"), at -> {});
            Page<ExportSummary> first = client.exports().list(null, 2);
            Page<ExportSummary> second = client.exports().list(first.next(), 2);
            assertThat(first.items()).extracting(each -> each.status().id()).isEqualTo(ids.subList(0, 2));
            assertThat(second.items().getFirst().status().id()).isEqualTo(ids.getLast());
            ExportSummary own = first.items().getFirst();
            assertThat(own.own()).isTrue();
            assertThat(own.selection()).isEqualTo(hers);
            assertThat(own.toSeq()).isEqualTo(20);
            assertThat(own.status().size()).isPositive();
        }
        try (StrongroomClient client = appliance.client(rex)) {
            ExportSummary others = client.exports().list(null, 500).items().stream()
                    .filter(each -> each.status().id().equals(ids.getFirst()))
                    .findFirst()
                    .orElseThrow();
            assertThat(others.own()).isFalse();
            assertThat(others.askedBy()).isEqualTo("eva");
            assertThat(others.purpose()).isEqualTo("a patient asks");
            assertThat(others.filters()).containsExactlyInAnyOrder("toSeq", "actor");
            assertThat(others.toJson().toString()).doesNotContain("user-3");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> client.exports().custody(ids.getFirst()).size() == 3);
            assertThat(client.exports().custody(ids.getFirst()))
                    .extracting(CustodyEvent::action)
                    .containsExactly("Export.Requested", "Export.Completed", "Export.Downloaded");
            assertThat(client.exports().custody(ids.getFirst()).getLast().endByte())
                    .hasValue(number(others.status().size()));
            assertThatThrownBy(() -> client.exports().status(ids.getFirst()))
                    .isInstanceOf(StrongroomException.NotFound.class);
        }
        assertThat(actors("exports")).contains("Exports.Listed by Officer rex").doesNotContain("eva");
        try (StrongroomClient client = appliance.client(rosa)) {
            assertThat(client.exports().list(null, 10).items()).isEmpty();
        }
        assertThat(appliance.get("/api/v1/exports?limit=0", headers(auditor)).statusCode())
                .isEqualTo(400);
        assertThat(appliance.get("/api/v1/exports?after=x", headers(auditor)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatAPackWouldHoldIsToldBeforeItIsMade() {
        Selection some = Selection.where().toSeq(24L).actor("user-3").build();
        int fitting;
        try (StrongroomClient client = appliance.client(appliance.token(Set.of(Scope.READ)))) {
            RecordQuery query = RecordQuery.ALL.actor("user-3").with("toSeq", "24");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !client.records().query(query).items().isEmpty());
            fitting = client.records().query(query).items().size();
        }
        try (StrongroomClient client = appliance.client(auditor)) {
            for (ExportFormat format : ExportFormat.values()) {
                ExportRequest request = new ExportRequest(some, format, "audit");
                ExportEstimate estimate = client.exports().estimate(request);
                ExportStatus ready = client.exports()
                        .await(client.exports().request(request).id(), Duration.ofSeconds(60), status -> {});

                assertThat(estimate.entries()).isEqualTo(25).isEqualTo(ready.total());
                assertThat(estimate.records()).isEqualTo(fitting);
                assertThat(estimate.exact()).isTrue();
                assertThat((double) estimate.bytes()).isBetween(number(ready.size()) * 0.7, number(ready.size()) * 1.4);
            }
            Selection beyond = Selection.range(1_000_000, 1_000_001);
            assertThat(client.exports()
                            .estimate(new ExportRequest(beyond, ExportFormat.NDJSON, "audit"))
                            .entries())
                    .isZero();
        }
        HttpResponse<String> refused = appliance.post(
                "/api/v1/exports/estimate",
                "{\"purpose\":\"audit\",\"selection\":{\"from\":\"now\"}}",
                headers(auditor));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(actors("estimate")).isNotEmpty();
    }

    private List<String> actors(String export) {
        LedgerReader ledger = appliance.appliance().context().getBean(LedgerReader.class);
        List<String> actors = new ArrayList<>();
        ledger.read(0, ledger.size(), true, row -> {
            Set<String> streams = Set.of("system.export", "system.access");
            byte[] body = row.body();
            if (body != null && streams.contains(row.entry().stream())) {
                Json.Obj record = Json.parseObject(body);
                Json.Obj actor = record.object("actor");
                if (record.object("resource").text("id").equals(export)) {
                    actors.add(record.text("action") + " by " + actor.text("type") + " " + actor.text("id"));
                }
            }
            return true;
        });
        return actors;
    }

    private void assertProblem(String body, int status, String code) {
        HttpResponse<String> answer = appliance.post("/api/v1/exports", body, headers(auditor));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    private ExportStatus ready(String request) {
        HttpResponse<String> asked = appliance.post("/api/v1/exports", request, headers(auditor));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        String location = asked.headers().firstValue("Location").orElseThrow();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> status(location).status().settled());
        ExportStatus status = status(location);
        assertThat(status.status()).as(status.toString()).isEqualTo(ExportState.READY);
        return status;
    }

    private ExportStatus status(String location) {
        return ExportStatus.fromJson(Json.parseObject(
                appliance.get(location, headers(auditor)).body().getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<byte[]> fetch(String id, String... more) {
        HttpRequest request = HttpRequest.newBuilder(appliance.url().resolve("/api/v1/exports/" + id + "/content"))
                .headers(headers(auditor, more))
                .build();
        try {
            return appliance.client().send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Ladder verify(byte[] pack) throws IOException {
        Path file = Files.createTempFile(folder, "pack", ".zip");
        Files.write(file, pack);
        return verify(file);
    }

    private Ladder verify(Path pack) throws IOException {
        return new PackVerifier(trust(), Set.of()).verify(pack);
    }

    private TrustFile trust() throws IOException {
        return TrustFile.parse(Files.readAllBytes(folder.resolve("data/trust.txt")));
    }

    private Path unzipped(byte[] pack) throws IOException {
        Path file = Files.createTempFile(folder, "pack", ".zip");
        Files.write(file, pack);
        return Unzipped.into(file, Files.createTempDirectory(folder, "unzipped"));
    }

    private static long number(@Nullable Long value) {
        return value == null ? -1 : value;
    }

    private static String[] headers(String token, String... more) {
        String[] headers = Arrays.copyOf(
                new String[] {"Authorization", "Bearer " + token, "X-Tenant-Id", ApplianceFixture.TENANT},
                4 + more.length);
        System.arraycopy(more, 0, headers, 4, more.length);
        return headers;
    }
}
