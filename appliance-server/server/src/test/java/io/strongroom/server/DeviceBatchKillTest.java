package io.strongroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.BatchAck;
import io.strongroom.api.Scope;
import io.strongroom.api.SetupRequest;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.api.telemetry.Incident;
import io.strongroom.api.telemetry.IncidentFilter;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.server.devices.TestDevice;
import io.strongroom.server.devices.TestDevice.Enrolled;
import io.strongroom.server.ingest.SigningDevice;
import io.strongroom.server.ingest.SigningDevice.Sent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed while a device sends: what was answered stands, and each of its sequences is there once. So is what
 * follows from them, an incident and what an officer said of it among it.
 */
class DeviceBatchKillTest {
    private static final int KILLS = 2;
    private static final int BATCH = 5;

    @TempDir
    Path folder;

    private long next;

    @Test
    void eachSequenceIsThereOnceThoughTheProcessIsKilledBetweenReceiptAndCommit() throws Exception {
        Path data = folder.resolve("data");
        KeyPair key = TestDevice.newKey();
        String admin;
        X509Certificate certificate;
        String code;
        try (StrongroomProcess process = start(data)) {
            Json.Obj notice = process.awaitReady(data);
            try (StrongroomClient anyone = client(notice, data, null)) {
                admin = anyone.setUp(new SetupRequest(notice.text("setupCode"), "root"))
                        .token();
            }
            code = code(notice, data, admin);
            certificate = TestDevice.certificate(
                    TestDevice.pinning(devices(notice), code).enrol(code, key));
        }
        String id = certificate.getSubjectX500Principal().getName().replace("CN=", "");
        SigningDevice device = new SigningDevice(id, key);
        Sent unanswered = batch(device);
        for (int kill = 0; kill < KILLS; kill++) {
            unanswered = sendUntilKilled(data, code, key, certificate, device, unanswered, 3 + 2 * kill);
        }

        Files.deleteIfExists(data.resolve("run/ready.json"));
        try (StrongroomProcess process = start(data)) {
            Json.Obj notice = process.awaitReady(data);
            try (Enrolled connection = TestDevice.pinning(devices(notice), code).with(key, certificate)) {
                BatchAck ack = send(connection, unanswered);
                assertThat(ack.durableThrough()).isEqualTo(unanswered.last());
            }
            assertThat(numbers(notice, data, admin, id, unanswered.last() + 1))
                    .isEqualTo(
                            LongStream.rangeClosed(0, unanswered.last()).boxed().toList());
            assertEachListCountedOnce(notice, data, admin, id, unanswered.last());
            acknowledge(notice, data, admin, id, (unanswered.last() + 1) / BATCH);
        }
        Files.deleteIfExists(data.resolve("run/ready.json"));
        try (StrongroomProcess process = start(data)) {
            assertAcknowledgedOnce(process.awaitReady(data), data, admin, id, (unanswered.last() + 1) / BATCH);
        }
    }

    /** All that the device lost is one incident; that somebody looks after it is answered, and the process killed at once. */
    private static void acknowledge(Json.Obj notice, Path data, String admin, String id, long lost) throws IOException {
        try (StrongroomClient reader = client(notice, data, reader(notice, data, admin));
                StrongroomClient root = client(notice, data, admin)) {
            await().atMost(StrongroomProcess.PATIENCE)
                    .until(() ->
                            gaps(reader, id).stream().mapToLong(Incident::count).sum() == lost);
            Incident incident = gaps(reader, id).getFirst();
            assertThat(gaps(reader, id)).hasSize(1);
            assertThat(incident.state()).isEqualTo("open");
            root.incidents().acknowledge(incident.id());
        }
    }

    private static void assertAcknowledgedOnce(Json.Obj notice, Path data, String admin, String id, long lost)
            throws IOException {
        try (StrongroomClient reader = client(notice, data, reader(notice, data, admin))) {
            await().atMost(StrongroomProcess.PATIENCE)
                    .until(() -> gaps(reader, id).getFirst().state().equals("acknowledged"));
            assertThat(gaps(reader, id)).singleElement().satisfies(incident -> assertThat(incident.count())
                    .isEqualTo(lost));
            assertThat(reader
                            .records()
                            .query(RecordQuery.ALL.stream("system.incidents").limit(500))
                            .items()
                            .stream()
                            .map(item -> item.record().text("action")))
                    .as("what the ledger says of it, the newest first")
                    .containsExactly("Incident.Acknowledged", "Incident.Opened");
        }
    }

    private static List<Incident> gaps(StrongroomClient reader, String id) {
        return reader.incidents()
                .list(new IncidentFilter(id, "gap", null, null), null, 10)
                .items();
    }

    /**
     * The next five lines, each of which lists one package, of the version of its number, as all that is installed; but for the
     * last, which says that something was lost.
     */
    private Sent batch(SigningDevice device) {
        List<String> lines = LongStream.range(next, next + BATCH)
                .mapToObj(number -> number % BATCH == BATCH - 1
                        ? device.line(number)
                                .replace("{\"n\":" + number + "}", "{\"n\":" + number + ",\"cause\":\"evicted\"}")
                                .replace("Process.Exited", "agent.gap")
                        : device.line(number)
                                .replace(
                                        "{\"n\":" + number + "}",
                                        "{\"n\":" + number + ",\"packages\":[{\"purl\":\"pkg:generic/p@" + number
                                                + "\"}]}")
                                .replace("Process.Exited", "Inventory.Software"))
                .toList();
        next += BATCH;
        return device.batch(lines);
    }

    /** The read models of telemetry followed through the kills, too: each list but the first is two changes. */
    private static void assertEachListCountedOnce(Json.Obj notice, Path data, String admin, String id, long last)
            throws Exception {
        String reader = reader(notice, data, admin);
        long lists = (last + 1) / BATCH * (BATCH - 1);
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trust(data).context()).build()) {
            await().atMost(StrongroomProcess.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(changes(client, notice, reader, id)).isEqualTo(2 * (lists - 1)));
            assertThat(changes(client, notice, reader, id)).isEqualTo(2 * (lists - 1));
        }
    }

    private static long changes(HttpClient client, Json.Obj notice, String reader, String id) throws Exception {
        long changes = 0;
        String next = "";
        do {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(StrongroomProcess.url(notice)
                                    .resolve("/api/v1/telemetry/devices/" + id + "/software/changes?limit=500&after="
                                            + next))
                            .header("Authorization", "Bearer " + reader)
                            .header("X-Tenant-Id", ApplianceFixture.TENANT)
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            Json.Obj page = Json.parseObject(answer.body().getBytes(UTF_8));
            changes += page.list("items").size();
            next = page.optionalText("next");
        } while (next != null);
        return changes;
    }

    /** Sends until the process has gone, which it does when so many batches were begun; gives the one without an answer. */
    private Sent sendUntilKilled(
            Path data,
            String code,
            KeyPair key,
            X509Certificate certificate,
            SigningDevice device,
            Sent first,
            int batches)
            throws Exception {
        Files.deleteIfExists(data.resolve("run/ready.json"));
        AtomicInteger begun = new AtomicInteger();
        try (StrongroomProcess process = start(data)) {
            Json.Obj notice = process.awaitReady(data);
            Thread killer = Thread.ofVirtual().start(() -> {
                await().pollInterval(Duration.ofMillis(1)).until(() -> begun.get() >= batches);
                try {
                    process.close();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            Sent batch = first;
            try (Enrolled connection = TestDevice.pinning(devices(notice), code).with(key, certificate)) {
                while (true) {
                    begun.incrementAndGet();
                    assertThat(send(connection, batch).durableThrough()).isEqualTo(batch.last());
                    batch = batch(device);
                }
            } catch (UncheckedIOException gone) {
                assertThat(begun.get()).isGreaterThanOrEqualTo(batches);
            }
            killer.join();
            return batch;
        }
    }

    private static BatchAck send(Enrolled connection, Sent batch) {
        HttpResponse<String> answer = connection.send(
                "/api/v1/device/batches",
                HttpRequest.newBuilder()
                        .header("Content-Type", BatchLayout.MEDIA_TYPE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(batch.frame())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return BatchAck.fromJson(Json.parseObject(answer.body().getBytes(UTF_8)));
    }

    /** What the device's records say that they are, in the order of the ledger. */
    private static List<Long> numbers(Json.Obj notice, Path data, String admin, String id, long expected)
            throws IOException {
        try (StrongroomClient client = client(notice, data, reader(notice, data, admin))) {
            RecordQuery query = RecordQuery.ALL.source(id).limit(500);
            await().atMost(StrongroomProcess.PATIENCE)
                    .until(() -> client.records().query(query).items().size() >= expected);
            return client.records().query(query).items().stream()
                    .map(item -> item.record().object("attributes").integer("n"))
                    .sorted()
                    .toList();
        }
    }

    private static String reader(Json.Obj notice, Path data, String admin) throws IOException {
        try (StrongroomClient root = client(notice, data, admin)) {
            return String.valueOf(root.tokens()
                    .create(new TokenRequest("reader", Set.of(Scope.READ), List.of(), 1))
                    .token());
        }
    }

    private StrongroomProcess start(Path data) throws IOException {
        return StrongroomProcess.run(
                folder, Map.of(), "--data", data.toString(), "--port", "0", "--tenant", ApplianceFixture.TENANT);
    }

    static URI devices(Json.Obj notice) {
        return URI.create(notice.text("devices"));
    }

    private static StrongroomClient client(Json.Obj notice, Path data, @Nullable String token) throws IOException {
        return StrongroomClient.at(StrongroomProcess.url(notice))
                .trust(trust(data))
                .token(token)
                .tenant(ApplianceFixture.TENANT)
                .build();
    }

    private static ApplianceTrust trust(Path data) throws IOException {
        return ApplianceTrust.authorities(Files.readAllBytes(data.resolve("tls/ca.crt")));
    }

    static String code(Json.Obj notice, Path data, String admin) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trust(data).context()).build()) {
            HttpResponse<String> made = client.send(
                    HttpRequest.newBuilder(StrongroomProcess.url(notice).resolve("/api/v1/devices/tokens"))
                            .header("Authorization", "Bearer " + admin)
                            .header("X-Tenant-Id", ApplianceFixture.TENANT)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"label\":\"lab\",\"group\":\"default\"}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            return Json.parseObject(made.body().getBytes(UTF_8)).text("code");
        }
    }
}
