package io.strongroom.server.devices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.json.Json;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.access.DeviceState;
import io.strongroom.server.devices.TestDevice.Enrolled;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands as officers and devices see them. */
class CommandsOverHttpTest {
    private static final String POLL = "/api/v1/device/commands";
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    static Path folder;

    private static ApplianceFixture appliance;

    @BeforeAll
    static void start() {
        appliance = ApplianceFixture.start(folder.resolve("data"), "--set", "mqtt.port=0");
    }

    @AfterAll
    static void stop() {
        appliance.close();
    }

    private static HttpResponse<String> officer(String method, String path, String body) {
        return appliance.send(
                HttpRequest.newBuilder()
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json"),
                path,
                "Authorization",
                "Bearer " + appliance.adminToken(),
                "X-Tenant-Id",
                ApplianceFixture.TENANT);
    }

    private static Json.Obj json(HttpResponse<String> answer) {
        return Json.parseObject(answer.body().getBytes(UTF_8));
    }

    private static String ask(Enrolled device, String body) {
        HttpResponse<String> asked = officer("POST", "/api/v1/devices/" + device.id() + "/commands", body);
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        return json(asked).text("id");
    }

    private static String state(Enrolled device, String command) {
        return json(officer("GET", "/api/v1/devices/" + device.id() + "/commands", ""))
                .objects("items", each -> each)
                .stream()
                .filter(each -> each.text("id").equals(command))
                .map(each -> each.text("state"))
                .findFirst()
                .orElseThrow();
    }

    private static CompletableFuture<HttpResponse<String>> poll(Enrolled device) {
        return device.client()
                .sendAsync(
                        HttpRequest.newBuilder(appliance.devicesUrl().resolve(POLL))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static List<String> ids(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).objects("items", each -> each.text("id"));
    }

    private static int tell(Enrolled device, String command, String outcome) {
        return device.send(
                        POLL + "/" + command + "/outcome",
                        HttpRequest.newBuilder()
                                .POST(HttpRequest.BodyPublishers.ofString(outcome))
                                .header("Content-Type", "application/json"))
                .statusCode();
    }

    private static CommandWaits waits() {
        return appliance.appliance().context().getBean(CommandWaits.class);
    }

    @Test
    void aCommandGoesDownAndItsOutcomeComesUp() {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            CompletableFuture<HttpResponse<String>> waiting = poll(device);
            await().atMost(LONG).until(() -> waits().isWaiting(device.id()));
            String command = ask(device, "{\"kind\":\"rotate-queue\",\"stream\":\"audit.logs\",\"minutes\":5}");
            assertThat(ids(waiting.join())).containsExactly(command);
            assertThat(state(device, command)).isEqualTo("delivered");
            assertThat(tell(device, command, "{\"outcome\":\"perhaps\"}")).isEqualTo(400);
            assertThat(tell(device, command, "{\"outcome\":\"failed\",\"reason\":\"not-acknowledged\"}"))
                    .isEqualTo(204);
            assertThat(tell(device, command, "{\"outcome\":\"done\"}")).isEqualTo(409);
            assertThat(tell(device, "cmd-aaaaaaaaaaaaaaaa", "{\"outcome\":\"done\"}"))
                    .isEqualTo(404);
            assertThat(state(device, command)).isEqualTo("failed");
        }
    }

    @Test
    void whatIsNoCommandIsRefused() {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            String path = "/api/v1/devices/" + device.id() + "/commands";
            for (String bad : List.of(
                    "{}",
                    "{\"kind\":\"dance\"}",
                    "{\"kind\":\"renew\",\"first\":1}",
                    "{\"kind\":\"resend\",\"stream\":\"audit.logs\",\"epoch\":\"xyz\",\"first\":0,\"last\":1}",
                    "{\"kind\":\"resend\",\"stream\":\"audit.logs\",\"epoch\":\"00112233445566778899aabbccddeeff\","
                            + "\"first\":2,\"last\":1}",
                    "{\"kind\":\"collect\",\"minutes\":0}",
                    "{\"kind\":\"collect\",\"minutes\":10081}")) {
                assertThat(officer("POST", path, bad).statusCode()).as(bad).isEqualTo(400);
            }
            assertThat(officer("POST", "/api/v1/devices/dev-nobody/commands", "{\"kind\":\"renew\"}")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(device.get(POLL + "?known=rubbish").statusCode()).isEqualTo(400);
        }
    }

    /** Devices by the hundred, written past their enrolment, with one key. */
    private static Map<String, SSLContext> enrolled(int count) {
        Issuing issuing = appliance.appliance().context().getBean(Issuing.class);
        KeyPair key = TestDevice.newKey();
        SigningRequest request = DeviceStand.request(key);
        Map<String, X509Certificate> made = appliance
                .appliance()
                .context()
                .getBean(Changes.class)
                .make(change -> {
                    Map<String, X509Certificate> all = new LinkedHashMap<>();
                    for (int i = 0; i < count; i++) {
                        String id = "dev-"
                                + String.format(Locale.ROOT, "%016d", i)
                                        .replace('0', 'a')
                                        .replace('1', 'b')
                                        .replace('8', 'x')
                                        .replace('9', 'y');
                        DeviceRow.insert(
                                change,
                                new DeviceRow(
                                        id,
                                        "lab",
                                        DeviceGroup.DEFAULT,
                                        DeviceState.ACTIVE,
                                        "",
                                        1,
                                        request.spki(),
                                        change.now(),
                                        change.now(),
                                        "test",
                                        null,
                                        null));
                        all.put(id, issuing.issue(change, id, 1, request).certificate());
                    }
                    return all;
                });
        Map<String, SSLContext> contexts = new LinkedHashMap<>();
        TestDevice device = TestDevice.at(appliance);
        made.forEach((id, certificate) -> {
            try (Enrolled each = device.with(key, certificate)) {
                contexts.put(id, each.client().sslContext());
            }
        });
        return contexts;
    }

    /** Polls, on connections of its own, until there is a command or the test is over. */
    private static final class Poller implements Runnable {
        private static final byte[] QUESTION =
                ("GET " + POLL + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(UTF_8);

        private final SSLContext tls;
        private volatile boolean over;
        private volatile String answer = "";
        private volatile @Nullable SSLSocket socket;

        private Poller(SSLContext tls) {
            this.tls = tls;
        }

        private void end() {
            over = true;
            SSLSocket open = socket;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    // It has ended by itself.
                }
            }
        }

        @Override
        public void run() {
            while (!over && !answer.contains("cmd-")) {
                try (SSLSocket connected = (SSLSocket) tls.getSocketFactory()
                        .createSocket(
                                appliance.devicesUrl().getHost(),
                                appliance.devicesUrl().getPort())) {
                    socket = connected;
                    connected.startHandshake();
                    connected.getOutputStream().write(QUESTION);
                    answer = new String(connected.getInputStream().readAllBytes(), UTF_8);
                } catch (IOException e) {
                    answer = e.toString();
                }
            }
        }
    }

    @Test
    void fiveHundredDevicesWaitAtOnceAndOthersAreServedMeanwhile() {
        Map<String, Poller> pollers = new LinkedHashMap<>();
        enrolled(500).forEach((id, tls) -> pollers.put(id, new Poller(tls)));
        try (Enrolled other = TestDevice.enrolled(appliance);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            pollers.values().forEach(threads::execute);
            try {
                await().atMost(LONG).until(() -> pollers.keySet().stream().allMatch(waits()::isWaiting));
                assertThat(other.get("/api/v1/device/self").statusCode()).isEqualTo(200);
                for (String id : pollers.keySet().stream().limit(5).toList()) {
                    HttpResponse<String> asked =
                            officer("POST", "/api/v1/devices/" + id + "/commands", "{\"kind\":\"collect\"}");
                    String command = json(asked).text("id");
                    await().atMost(LONG)
                            .until(() -> requireNonNull(pollers.get(id)).answer.contains(command));
                }
            } finally {
                pollers.values().forEach(Poller::end);
            }
        }
    }

    @Test
    void whoIsRevokedWhileItWaitsIsRefusedAtOnce() {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            CompletableFuture<HttpResponse<String>> waiting = poll(device);
            await().atMost(LONG).until(() -> waits().isWaiting(device.id()));
            long begun = System.nanoTime();
            assertThat(officer("POST", "/api/v1/devices/" + device.id() + "/revoke", "")
                            .statusCode())
                    .isEqualTo(200);
            HttpResponse<String> answer = waiting.join();
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(json(answer).text("code")).isEqualTo("device-revoked");
            assertThat(System.nanoTime() - begun).isLessThan(DeviceCommands.HELD.toNanos());
        }
    }

    @Test
    void byMqttACommandComesAtOnceAndOneThatWasLostAtTheNextSubscriptionOrByPoll() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            String lost = ask(device, "{\"kind\":\"renew\"}");
            List<String> heard = new CopyOnWriteArrayList<>();
            var broker = requireNonNull(appliance.appliance().notice().mqtt());
            MqttAsyncClient client = new MqttAsyncClient(
                    "ssl://" + broker.getHost() + ":" + broker.getPort(), device.id(), new MemoryPersistence());
            MqttConnectOptions options = new MqttConnectOptions();
            options.setSocketFactory(device.client().sslContext().getSocketFactory());
            options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
            client.connect(options).waitForCompletion(LONG.toMillis());
            client.subscribe(
                            "d/" + device.id() + "/cmd",
                            0,
                            (topic, message) -> heard.add(
                                    Json.parseObject(message.getPayload()).text("id")))
                    .waitForCompletion(LONG.toMillis());
            await().atMost(LONG).until(() -> heard.contains(lost));
            String next = ask(device, "{\"kind\":\"collect\"}");
            await().atMost(LONG).until(() -> heard.contains(next));
            assertThat(state(device, next))
                    .as("nobody knows whether it arrived")
                    .isEqualTo("waiting");
            assertThat(ids(poll(device).join())).containsExactly(lost, next);

            byte[] outcome = ("{\"id\":\"" + next + "\",\"outcome\":\"done\"}").getBytes(UTF_8);
            client.publish("d/" + device.id() + "/out", outcome, 1, false).waitForCompletion(LONG.toMillis());
            assertThat(state(device, next)).isEqualTo("done");
            client.publish("d/" + device.id() + "/out", outcome, 1, false).waitForCompletion(LONG.toMillis());
            assertThat(ids(poll(device).join())).containsExactly(lost);
            client.disconnectForcibly(0, 1_000);
            client.close(true);
        }
    }
}
