package io.strongroom.server.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.strongroom.api.DeviceGroup;
import io.strongroom.api.DeviceOrder;
import io.strongroom.api.EnrolmentToken;
import io.strongroom.api.Scope;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.client.StrongroomException;
import io.strongroom.api.json.Json;
import io.strongroom.api.telemetry.DeploymentFilter;
import io.strongroom.api.telemetry.FleetDevice;
import io.strongroom.api.telemetry.FleetFilter;
import io.strongroom.api.telemetry.IncidentFilter;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.evidence.tile.EntryBundle;
import io.strongroom.evidence.tile.TilePath;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.devices.TestDevice;
import io.strongroom.server.devices.TestDevice.Enrolled;
import io.strongroom.server.ingest.SigningDevice;
import io.strongroom.server.ledger.LedgerReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a device measures becomes series, incidents and evidence in a running appliance. */
class DeviceReadingsTest {
    @TempDir
    static Path folder;

    private static final Map<String, SigningDevice> SIGNINGS = new HashMap<>();
    private static HttpServer collector;
    private static volatile String pushed = "";
    private static ApplianceFixture appliance;
    private static Enrolled device;
    private static String sender;
    private static String reader;

    @BeforeAll
    static void start() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/metrics", exchange -> {
            pushed = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        appliance = ApplianceFixture.start(
                folder.resolve("data"),
                "--set",
                "telemetry.otlp-endpoint=http://127.0.0.1:"
                        + collector.getAddress().getPort() + "/v1/metrics",
                "--set",
                "telemetry.otlp-seconds=1",
                "--set",
                "telemetry.metered-devices=10");
        device = TestDevice.enrolled(appliance);
        reader = appliance.token(Set.of(Scope.READ));
        sender = appliance.token(Set.of(Scope.INGEST), "order-service");
    }

    @AfterAll
    static void stop() {
        device.close();
        appliance.close();
        collector.stop(0);
    }

    private static void tell(String stream, String action, Instant at, String attributes) {
        tell(stream, action, at, "Device", device.id(), attributes);
    }

    private static String line(
            SigningDevice signing, String action, Instant at, String type, String resource, String attributes) {
        Json.Obj line = Json.parseObject(signing.line(0).getBytes(UTF_8));
        return Json.object()
                .putAll(line.without("occurredAt", "action", "resource", "attributes"))
                .put("occurredAt", Rfc3339.format(at.toEpochMilli()))
                .put("action", action)
                .put(
                        "resource",
                        Json.object().put("type", type).put("id", resource).build())
                .put("attributes", Json.parse(attributes))
                .build()
                .toString();
    }

    private static void tell(
            String stream, String action, Instant at, String type, String resource, String attributes) {
        SigningDevice signing =
                SIGNINGS.computeIfAbsent(stream, each -> new SigningDevice(device.id(), device.key(), each));
        String told = line(signing, action, at, type, resource, attributes);
        assertThat(send(device, signing.batch(List.of(told)))).isEqualTo(200);
    }

    private static HttpResponse<String> get(String path) {
        return appliance.get(path, "Authorization", "Bearer " + reader, "X-Tenant-Id", "acme");
    }

    private static HttpResponse<String> post(String path, String body) {
        return appliance.post(path, body, "Authorization", "Bearer " + appliance.adminToken(), "X-Tenant-Id", "acme");
    }

    private static Json.Obj json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parseObject(answer.body().getBytes(UTF_8));
    }

    private static String problem(HttpResponse<String> answer) {
        return answer.statusCode() + " "
                + Json.parseObject(answer.body().getBytes(UTF_8)).text("code");
    }

    private static List<String> said(String stream) {
        LedgerReader ledger = appliance.appliance().context().getBean(LedgerReader.class);
        List<String> actions = new ArrayList<>();
        ledger.read(0, ledger.size(), true, row -> {
            byte[] body = row.body();
            if (row.entry().stream().equals(stream) && body != null) {
                actions.add(Json.parseObject(body).text("action"));
            }
            return true;
        });
        return actions;
    }

    private static List<Json.Obj> incidents(String query) {
        return json(get("/api/v1/telemetry/incidents?device=" + device.id() + query))
                .objects("items", item -> item);
    }

    @Test
    void whatADeviceMeasuresIsSeenByTheMinuteTheHourAndTheDay() {
        // A day late, as from a device that was away.
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(26));
        tell("telemetry.health", "Telemetry.Health", hour, "{\"measures\": {\"hw.temperature\": 40}}");
        tell("telemetry.health", "Device.Telemetry", hour.plusSeconds(90), "{\"hardware\": {\"thermal\": 60}}");
        String health = "/api/v1/telemetry/devices/" + device.id() + "/health";
        String series = health + "/series?metric=hw.temperature&from=" + hour.minus(Duration.ofHours(1)) + "&to="
                + hour.plus(Duration.ofHours(2));
        Awaitility.await().until(() -> json(get(series)).list("points").size() == 2);
        assertThat(json(get(series)).text("resolution")).isEqualTo("minute");
        Json.Obj byHour = json(get(series + "&points=3"));
        assertThat(byHour.text("resolution")).isEqualTo("hour");
        assertThat(byHour.list("points").toString())
                .isEqualTo("[{\"at\":\"" + Rfc3339.format(hour.toEpochMilli())
                        + "\",\"count\":2,\"last\":60,\"max\":60,\"mean\":50,\"min\":40}]");
        assertThat(json(get(health)).objects("items", DeviceReadingsTest::place))
                .as("the same measure from two places of a record")
                .contains(
                        "hw.temperature telemetry.health /attributes/hardware/thermal",
                        "hw.temperature telemetry.health /attributes/measures/hw.temperature");
        assertThat(said("system.access")).contains("Health.Read");
    }

    private static String place(Json.Obj measure) {
        return measure.text("metric") + " " + measure.text("stream") + " " + measure.text("pointer");
    }

    @Test
    void aDeviceWhoseClockIsSetBackByADayIsHeardAndThatItWasIsAnIncident() throws Exception {
        try (Enrolled other = TestDevice.enrolled(appliance)) {
            SigningDevice signing = new SigningDevice(other.id(), other.key(), "telemetry.health");
            Instant now = Instant.now();
            for (Instant at : List.of(now, now.minus(Duration.ofDays(1)))) {
                String told = line(
                        signing,
                        "Telemetry.Health",
                        at,
                        "Device",
                        other.id(),
                        "{\"measures\": {\"hw.temperature\": 40}}");
                assertThat(send(other, signing.batch(List.of(told)))).isEqualTo(200);
            }
            String path = "/api/v1/telemetry/incidents?rule=clock-jump&device=" + other.id();
            Awaitility.await().until(() -> !json(get(path)).list("items").isEmpty());
            Json.Obj incident = json(get(path)).objects("items", item -> item).getFirst();
            assertThat(incident.object("detail").text("how")).isEqualTo("back");
            assertThat(incident.object("detail").integer("seconds")).isEqualTo(86_400);
            Json.Obj seen = json(get("/api/v1/telemetry/devices/" + other.id()));
            assertThat(seen.text("lastSeen")).isGreaterThanOrEqualTo(Rfc3339.format(now.toEpochMilli()));
        }
    }

    @Test
    void aScoreShowsWhatItIsMadeOfAndWhatIsMissing() {
        String path = "/api/v1/telemetry/devices/" + device.id() + "/score";
        Instant now = Instant.now();
        tell(
                "telemetry.health",
                "Device.Telemetry",
                now,
                "{\"hardware\": {\"cpu\": 80, \"memory\": 75}, \"network\": {\"latency_ms\": 50}}");
        Awaitility.await().until(() -> json(get(path)).integer("knownWeight") == 60);
        Json.Obj score = json(get(path));
        // Two are perfect, the processor is halfway between good and bad.
        assertThat(score.get("score").orElseThrow().toString()).isEqualTo("83.3333");
        assertThat(score.objects("components", item -> item.text("component") + " " + item.optionalText("missing")))
                .contains(
                        "processor null", "memory null", "responsiveness null", "disk not-told", "stability not-told");
    }

    @Test
    void aDeploymentJobIsListedWithItsOutcomeAndCounted() {
        Instant began = Instant.now().minus(Duration.ofHours(3));
        job("job-1", "Deployment.Failed", began.plusSeconds(60));
        job("job-1", "Deployment.Started", began);
        String path = "/api/v1/telemetry/deployments?device=" + device.id();
        Awaitility.await()
                .until(() -> json(get(path)).objects("items", item -> item.optionalInteger("tookMillis")).stream()
                        .anyMatch(java.util.OptionalLong::isPresent));
        assertThat(json(get(path + "&state=failed&package=pkg:deb/a&job=job-1"))
                        .objects("items", item -> item.text("state") + " " + item.integer("tookMillis")))
                .containsExactly("failed 60000");
        assertThat(json(get(path + "&state=succeeded")).list("items")).isEmpty();
        assertThat(json(get("/api/v1/telemetry/deployments/outcomes?from=" + began))
                        .object("outcomes")
                        .integer("failed"))
                .isEqualTo(1);
        assertThat(problem(get("/api/v1/telemetry/deployments?state=lost"))).isEqualTo("400 invalid-parameter");
        assertThat(problem(get("/api/v1/telemetry/deployments/outcomes?from=x")))
                .isEqualTo("400 invalid-parameter");
        assertThat(get("/metrics").body()).contains("strongroom_deployments{state=\"failed\"} 1");
    }

    private static void job(String job, String action, Instant at) {
        tell("telemetry.deployment", action, at, "Deployment", job, "{\"package\": \"pkg:deb/a\"}");
    }

    /** What the client makes of the answers of a real appliance, for all that an officer looks at. */
    @Test
    void theClientUnderstandsWhatAnOfficerLooksAt() {
        String id = device.id();
        tell("telemetry.health", "Device.Telemetry", Instant.now(), "{\"hardware\": {\"thermal\": 39}}");
        job("job-2", "Deployment.RolledBack", Instant.now());
        try (StrongroomClient client = appliance.client(reader)) {
            Awaitility.await().until(() -> client.telemetry().measures(id).items().stream()
                    .anyMatch(measure -> measure.metric().equals("hw.temperature")));
            assertThat(client.telemetry().devices(FleetFilter.ALL, null, 10).items())
                    .extracting(FleetDevice::device)
                    .contains(id);
            assertThat(client.telemetry().device(id).sends()).isEqualTo("signed-batches");
            assertThat(client.telemetry()
                            .series(id, "hw.temperature", null, null, 100)
                            .points())
                    .isNotEmpty();
            assertThat(client.telemetry().score(id).components()).hasSize(6);
            assertThat(client.telemetry().software(id, null, 10).items()).isEmpty();
            assertThat(client.telemetry().softwareChanges(id, null, null, 10).items())
                    .isEmpty();
            assertThat(client.telemetry()
                            .having("pkg:deb/a", null, null, null, null, 10)
                            .items())
                    .isEmpty();
            assertThat(client.telemetry().users(id).items()).isEmpty();
            assertThat(client.telemetry().sessions(id, null, 10).items()).isEmpty();
            assertThat(client.telemetry().devicesOf("ann").items()).isEmpty();
            Awaitility.await()
                    .until(
                            () -> client
                                    .telemetry()
                                    .deployments(new DeploymentFilter(id, "job-2", null, null), null, 10)
                                    .items()
                                    .stream()
                                    .anyMatch(job -> job.state().equals("rolled-back")));
            assertThat(client.telemetry().deploymentOutcomes(null, null)).containsKey("rolled-back");
            assertThat(client.ops().status().ledger().size()).isPositive();
            assertThat(client.ops().metrics()).contains("strongroom_");
            assertThat(client.policies().inForce().inForce().name()).isEqualTo("built-in");
            assertThat(client.policies().activations()).isEmpty();
            assertThat(client.policies().history()).isNotEmpty();
            assertThat(client.policies().bundle()).isNotEmpty();
            long size = client.ledger().checkpoint().size();
            int width = (int) Math.min(size, TilePath.FULL_WIDTH);
            assertThat(EntryBundle.parse(client.log().tile(TilePath.entries(0, width))))
                    .hasSize(width);
            assertThat(client.log().tile(new TilePath(0, 0, width))).hasSize(width * Digest.BYTES);
            assertThat(client.log().witnesses()).isNotNull();
            assertThat(client.ledger().days(null, 366).items().getLast().firstSeq())
                    .isZero();
            assertThatThrownBy(() -> client.ledger().daySources("2020-01-01"))
                    .isInstanceOf(StrongroomException.NotFound.class);
            assertThatThrownBy(() -> client.ledger().days("yesterday", 1))
                    .isInstanceOf(StrongroomException.Refused.class);
            assertThat(client.ledger().verifyRange(0, size - 1).firstFailure()).isNull();
            assertThat(client.incidents().list(IncidentFilter.ALL, null, 10).items())
                    .allSatisfy(incident -> assertThat(incident.records()).isNotEmpty());
        }
        try (StrongroomClient root = appliance.client(appliance.adminToken())) {
            assertThat(root.devices().show(id).certificates()).isNotEmpty();
            EnrolmentToken made = root.devices().token("till", "default", Duration.ofMinutes(5));
            assertThat(made.code()).isNotNull();
            root.devices().revokeToken(made.id());
            assertThat(root.devices().tokens())
                    .filteredOn(token -> token.id().equals(made.id()))
                    .singleElement()
                    .satisfies(token -> assertThat(token.revokedAt()).isNotNull());
            assertThat(root.devices().putGroup("tills", true).approval()).isTrue();
            assertThat(root.devices().groups()).extracting(DeviceGroup::name).contains("default", "tills");
            assertThat(root.devices().authorities()).hasSize(1);
            assertThat(root.devices()
                            .command(id, new DeviceOrder.CollectNow(), Duration.ofMinutes(5))
                            .state())
                    .isEqualTo("waiting");
            assertThat(root.devices().commands(id))
                    .extracting(command -> command.command().order())
                    .contains(new DeviceOrder.CollectNow());
            assertThat(root.quarantine().newest()).isEmpty();
        }
    }

    @Test
    void theFleetIsScrapedAndPushed() {
        tell("telemetry.health", "Device.Telemetry", Instant.now(), "{\"hardware\": {\"thermal\": 41}}");
        String measure = "strongroom_device_measure{device=\"" + device.id() + "\",measure=\"hw.temperature\"} 41";
        Awaitility.await().until(() -> get("/metrics").body().contains(measure));
        assertThat(get("/metrics").body())
                .contains(
                        "strongroom_device_temperature_celsius{quantile=\"0.99\"} 41",
                        "strongroom_devices_heard{within=\"5m\"} ");
        Awaitility.await().until(() -> pushed.contains("strongroom_device_temperature_celsius"));
    }

    @Test
    void whatCannotBeAskedIsToldAsAProblem() {
        String health = "/api/v1/telemetry/devices/" + device.id() + "/health/series?metric=m";
        assertThat(problem(get("/api/v1/telemetry/devices/dev-none/health"))).isEqualTo("404 not-found");
        assertThat(problem(get("/api/v1/telemetry/devices/" + device.id() + "/health/series")))
                .isEqualTo("400 invalid-parameter");
        for (String bad : List.of("&from=yesterday", "&points=0", "&points=2001", "&from=2999-01-01T00:00:00.000Z")) {
            assertThat(problem(get(health + bad))).as(bad).isEqualTo("400 invalid-parameter");
        }
        assertThat(problem(get(health + "&from=1999-01-01T00:00:00.000Z"))).isEqualTo("400 invalid-parameter");
        assertThat(problem(appliance.get(
                        "/api/v1/telemetry/incidents", "Authorization", "Bearer " + sender, "X-Tenant-Id", "acme")))
                .isEqualTo("403 forbidden");
        assertThat(problem(get("/api/v1/telemetry/incidents?severity=S4"))).isEqualTo("400 invalid-parameter");
        assertThat(problem(get("/api/v1/telemetry/incidents?state=found"))).isEqualTo("400 invalid-parameter");
        assertThat(problem(get("/api/v1/telemetry/incidents?after=x"))).isEqualTo("400 invalid-parameter");
        assertThat(problem(get("/api/v1/telemetry/incidents/inc-0"))).isEqualTo("404 not-found");
        assertThat(problem(post("/api/v1/telemetry/incidents/inc-0/close", "{\"because\": \"I say so\"}")))
                .isEqualTo("400 schema");
    }

    @Test
    void whoMayOnlyReadIncidentsNeitherAcknowledgesNorClosesThem() {
        for (String act : List.of("acknowledge", "close")) {
            HttpResponse<String> answer = appliance.post(
                    "/api/v1/telemetry/incidents/inc-0/" + act,
                    "{\"because\": \"fixed\"}",
                    "Authorization",
                    "Bearer " + reader,
                    "X-Tenant-Id",
                    "acme");
            assertThat(problem(answer)).as(act).isEqualTo("403 forbidden");
        }
    }

    @Test
    void whatIsLostAndWhatContradictsItselfInDevicesBatchesAreIncidents() {
        try (Enrolled other = TestDevice.enrolled(appliance)) {
            SigningDevice signing = new SigningDevice(other.id(), other.key());
            assertThat(send(other, signing.batch(1))).isEqualTo(200);
            assertThat(send(other, signing.batchAfterGap(3))).isEqualTo(200);
            assertThat(send(other, signing.sign(List.of(signing.line(0)), 0, Digest.ZERO)))
                    .isEqualTo(422);
            Awaitility.await().until(() -> found(other).containsAll(List.of("gap S1", "batch-conflict S1")));
        }
    }

    @Test
    void aCopiedKeyIsAnIncidentUntilAnOfficerHasDecided() {
        try (Enrolled owner = TestDevice.enrolled(appliance)) {
            KeyPair next = TestDevice.newKey();
            assertThat(owner.get("/api/v1/device/self").statusCode()).isEqualTo(200);
            try (Enrolled renewed = owner.device().with(next, TestDevice.certificate(owner.renew(next)))) {
                assertThat(renewed.get("/api/v1/device/self").statusCode()).isEqualTo(200);
            }
            assertThat(owner.get("/api/v1/device/self").statusCode()).isEqualTo(403);
            Awaitility.await().until(() -> found(owner).contains("copied-key S1"));
            assertThat(post("/api/v1/devices/" + owner.id() + "/revoke", "").statusCode())
                    .isEqualTo(200);
            Awaitility.await().until(() -> !json(get("/api/v1/telemetry/incidents?state=closed&device=" + owner.id()))
                    .list("items")
                    .isEmpty());
        }
    }

    private static int send(Enrolled from, SigningDevice.Sent batch) {
        return from.send(
                        "/api/v1/device/batches",
                        HttpRequest.newBuilder()
                                .header("Content-Type", BatchLayout.MEDIA_TYPE)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(batch.frame())))
                .statusCode();
    }

    private static List<String> found(Enrolled which) {
        return json(get("/api/v1/telemetry/incidents?device=" + which.id()))
                .objects("items", item -> item.text("rule") + " " + item.text("severity"));
    }

    @Test
    void anIncidentIsFoundRecordedAcknowledgedAndClosed() {
        tell(
                "audit.logs",
                "Incident.Raised",
                Instant.now(),
                "{\"rule\": \"two-histories\", \"severity\": \"S1\", \"detail\": \"checkpoint 7\"}");
        Awaitility.await().until(() -> !incidents("&rule=agent.two-histories").isEmpty());
        Json.Obj open =
                incidents("&severity=S1&state=open&rule=agent.two-histories").getFirst();
        String path = "/api/v1/telemetry/incidents/" + open.text("id");
        assertThat(json(post(path + "/acknowledge", "")).integer("seq")).isPositive();
        Awaitility.await().until(() -> json(get(path)).text("state").equals("acknowledged"));
        assertThat(problem(post(path + "/acknowledge", ""))).isEqualTo("409 incident-conflict");
        assertThat(json(post(path + "/close", "{\"because\": \"fixed\"}")).integer("seq"))
                .isPositive();
        Awaitility.await().until(() -> json(get(path)).text("state").equals("closed"));
        assertThat(json(get(path)).object("closed").text("because")).isEqualTo("fixed");
        assertThat(said("system.incidents"))
                .containsSubsequence("Incident.Opened", "Incident.Acknowledged", "Incident.Closed");
        assertThat(said("system.access")).contains("Incidents.Read", "Incident.Read");
        int size = said("system.incidents").size();
        assertThat(post("/api/v1/telemetry/follower/rebuild", "").statusCode()).isEqualTo(202);
        Awaitility.await().until(() -> !json(get("/api/v1/telemetry/follower"))
                .get("rebuilding")
                .equals(java.util.Optional.of(Json.of(true))));
        assertThat(json(get(path)).text("state")).isEqualTo("closed");
        assertThat(said("system.incidents")).as("a rebuild writes nothing").hasSize(size);
    }
}
