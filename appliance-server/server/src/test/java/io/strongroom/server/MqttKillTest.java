package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.Scope;
import io.strongroom.api.SetupRequest;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.server.devices.TestDevice;
import io.strongroom.server.devices.TestDevice.Enrolled;
import io.strongroom.server.mqtt.StockClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed while a stock MQTT client publishes: there is no PUBACK without a committed record. */
class MqttKillTest {
    private static final int AT_ONCE = 50;

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedIsARecordThoughTheProcessIsKilledBetweenReceiptAndCommit() throws Exception {
        Path data = folder.resolve("data");
        KeyPair key = TestDevice.newKey();
        String admin;
        X509Certificate certificate;
        String code;
        List<Long> acknowledged = new ArrayList<>();
        long sent = 0;
        try (StrongroomProcess process = start(data)) {
            Json.Obj notice = process.awaitReady(data);
            try (StrongroomClient anyone = client(notice, data, null)) {
                admin = anyone.setUp(new SetupRequest(notice.text("setupCode"), "root"))
                        .token();
            }
            code = DeviceBatchKillTest.code(notice, data, admin);
            certificate = TestDevice.certificate(TestDevice.pinning(DeviceBatchKillTest.devices(notice), code)
                    .enrol(code, key));
            try (Enrolled device = TestDevice.pinning(DeviceBatchKillTest.devices(notice), code)
                            .with(key, certificate);
                    StockClient client = new StockClient(URI.create(notice.text("mqtt")), device)) {
                List<IMqttDeliveryToken> tokens = new ArrayList<>();
                while (acknowledged.size() < 10 * AT_ONCE) {
                    tokens.add(client.send("telemetry.health", message(sent++)));
                    if (tokens.size() % AT_ONCE == 0) {
                        int before = tokens.size() - AT_ONCE;
                        await().atMost(StrongroomProcess.PATIENCE)
                                .until(() -> tokens.get(before).isComplete());
                        acknowledged = acknowledged(tokens);
                    }
                }
                for (int i = 0; i < AT_ONCE; i++) {
                    tokens.add(client.send("telemetry.health", message(sent++)));
                }
                process.close();
                acknowledged = acknowledged(tokens);
            } catch (MqttException gone) {
                // The connection went with the process.
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(10 * AT_ONCE);

        Files.deleteIfExists(data.resolve("run/ready.json"));
        try (StrongroomProcess process = start(data)) {
            Json.Obj notice = process.awaitReady(data);
            assertThat(numbers(notice, data, admin, acknowledged.size())).containsAll(acknowledged);
            // Whatever was not acknowledged comes again, and so may what was: by its id it is there once.
            try (Enrolled device = TestDevice.pinning(DeviceBatchKillTest.devices(notice), code)
                            .with(key, certificate);
                    StockClient client = new StockClient(URI.create(notice.text("mqtt")), device)) {
                for (long number = 0; number < sent; number++) {
                    client.send("telemetry.health", message(number)).waitForCompletion(60_000);
                }
            }
            assertThat(numbers(notice, data, admin, sent))
                    .isEqualTo(LongStream.range(0, sent).boxed().toList());
        }
    }

    private static String message(long number) {
        return "{\"timestamp\":\"2026-11-21T01:02:03Z\",\"messageId\":\"m-" + number + "\",\"n\":" + number + "}";
    }

    private static List<Long> acknowledged(List<IMqttDeliveryToken> tokens) {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).isComplete() && tokens.get(i).getException() == null) {
                numbers.add((long) i);
            }
        }
        return numbers;
    }

    private static List<Long> numbers(Json.Obj notice, Path data, String admin, long expected) throws IOException {
        String reader;
        try (StrongroomClient root = client(notice, data, admin)) {
            reader = String.valueOf(root.tokens()
                    .create(new TokenRequest("reader", Set.of(Scope.READ), List.of(), 1))
                    .token());
        }
        try (StrongroomClient client = client(notice, data, reader)) {
            List<Long> all = new ArrayList<>();
            await().atMost(StrongroomProcess.PATIENCE).until(() -> {
                all.clear();
                RecordQuery query = RecordQuery.ALL.stream("telemetry.health").limit(500);
                var page = client.records().query(query);
                while (true) {
                    page.items()
                            .forEach(item ->
                                    all.add(item.record().object("attributes").integer("n")));
                    String next = page.nextCursor();
                    if (next == null) {
                        return all.size() >= expected;
                    }
                    page = client.records().query(query.cursor(next));
                }
            });
            return all.stream().sorted().toList();
        }
    }

    private StrongroomProcess start(Path data) throws IOException {
        return StrongroomProcess.run(
                folder,
                Map.of("STRONGROOM_MQTT_PORT", "0"),
                "--data",
                data.toString(),
                "--port",
                "0",
                "--tenant",
                ApplianceFixture.TENANT);
    }

    private static StrongroomClient client(Json.Obj notice, Path data, @Nullable String token) throws IOException {
        return StrongroomClient.at(StrongroomProcess.url(notice))
                .trust(ApplianceTrust.authorities(Files.readAllBytes(data.resolve("tls/ca.crt"))))
                .token(token)
                .tenant(ApplianceFixture.TENANT)
                .build();
    }
}
