package io.strongroom.server.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.BatchAck;
import io.strongroom.api.Scope;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.evidence.batch.verify.BatchFrame;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.devices.TestDevice;
import io.strongroom.server.devices.TestDevice.Enrolled;
import io.strongroom.server.ingest.SigningDevice;
import io.strongroom.server.ingest.SigningDevice.Sent;
import io.strongroom.server.ledger.LedgerReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices by MQTT, over TLS, with the certificates that they were enrolled with. */
class MqttTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final byte[] PING = RawMqtt.packet(0xc0);

    @TempDir
    static Path folder;

    private static final HeldUpstream UPSTREAM = new HeldUpstream();
    private static ApplianceFixture appliance;
    private static URI broker;

    @BeforeAll
    static void start() {
        appliance = ApplianceFixture.start(
                folder.resolve("data"), List.of(UPSTREAM), "--set", "mqtt.port=0", "--set", "metrics.open=true");
        UPSTREAM.intake = appliance.appliance().context().getBean(IntakeUpstream.class);
        broker = requireNonNull(appliance.appliance().notice().mqtt());
    }

    @AfterAll
    static void stop() {
        appliance.close();
    }

    private static RawMqtt raw(Enrolled device) throws Exception {
        return new RawMqtt(broker, device.client().sslContext());
    }

    private static List<Json.Obj> records(String source) {
        LedgerReader ledger = appliance.appliance().context().getBean(LedgerReader.class);
        List<Json.Obj> found = new ArrayList<>();
        ledger.read(0, ledger.size(), true, row -> {
            if (row.entry().source().equals(source)) {
                found.add(Json.parseObject(requireNonNull(row.body())));
            }
            return true;
        });
        return found;
    }

    private static long counted(String metric) {
        return appliance
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static long ended(String because) {
        return counted("strongroom_mqtt_connections_ended_total{because=\"" + because + "\"}");
    }

    private static String telemetry(int number, String more) {
        return "{\"timestamp\":\"2026-11-21T02:02:03+01:00\",\"hardware\":{\"cpu\":" + number + "}" + more + "}";
    }

    private static List<Long> numbers(Enrolled device) {
        return records(device.id()).stream()
                .map(record -> record.object("attributes").object("hardware").integer("cpu"))
                .toList();
    }

    private static void revoke(Enrolled device) {
        HttpResponse<String> answer = appliance.post(
                "/api/v1/devices/" + device.id() + "/revoke",
                "",
                "Authorization",
                "Bearer " + appliance.adminToken(),
                "X-Tenant-Id",
                ApplianceFixture.TENANT);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void aBatchIsAcknowledgedOnceItsLinesAreRecordsAndTheDeviceIsToldHowFar() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                StockClient client = new StockClient(broker, device)) {
            assertThat(client.subscribe(client.topic("ack"))).isLessThan(3);
            SigningDevice signing = new SigningDevice(device.id(), device.key()).compressing();
            Sent first = signing.batch(List.of(signing.line(0), "no json", signing.line(2)));

            client.settled("audit.host", first.frame());

            assertThat(records(device.id())).hasSize(2);
            await().atMost(LONG).until(() -> client.heard().size() == 1);
            BatchAck ack =
                    BatchAck.fromJson(Json.parseObject(client.heard().getFirst().getBytes(UTF_8)));
            assertThat(ack.durableThrough()).isEqualTo(2);
            assertThat(ack.rejected()).hasSize(1);
            try (StrongroomClient reader = appliance.client(appliance.token(Set.of(Scope.READ)))) {
                assertThat(reader.devices().batches(device.id(), null).items())
                        .singleElement()
                        .satisfies(batch -> assertThat(batch.transport()).isEqualTo("mqtt"));
            }

            // Delivered once more: the same answer, and no record more.
            client.settled("audit.host", first.frame());
            await().atMost(LONG).until(() -> client.heard().size() == 2);
            assertThat(BatchAck.fromJson(
                                    Json.parseObject(client.heard().getLast().getBytes(UTF_8)))
                            .durableThrough())
                    .isEqualTo(2);
            assertThat(records(device.id())).hasSize(2);
        }
    }

    @Test
    void aBatchThatIsNotInOrderIsNotAcknowledgedAndTheDeviceIsToldWhy() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                StockClient client = new StockClient(broker, device)) {
            var unused = client.subscribe(client.topic("ack"));
            SigningDevice signing = new SigningDevice(device.id(), device.key());
            var lost = signing.batch(2);
            Sent second = signing.batch(2);
            IMqttDeliveryToken early = client.publish(client.topic("up/audit.host"), second.frame());
            await().atMost(LONG).until(() -> client.heard().size() == 1);
            Json.Obj problem = Json.parseObject(client.heard().getFirst().getBytes(UTF_8));
            assertThat(problem.text("code")).isEqualTo("batch-out-of-order");
            assertThat(problem.integer("expected")).isEqualTo(0);
            assertThat(problem.text("batch"))
                    .isEqualTo(
                            Digest.of(BatchFrame.parse(second.frame()).cose()).toString());

            // It holds up nothing behind it.
            client.settled("audit.host", lost.frame());
            assertThat(early.isComplete()).isFalse();
            assertThat(records(device.id())).hasSize(2);

            var other = client.publish(
                    client.topic("up/audit.other"), signing.batch(1).frame());
            await().atMost(LONG).until(() -> client.heard().size() == 3);
            assertThat(client.heard().getLast()).contains("malformed-batch");
            assertThat(other.isComplete()).isFalse();
        }
    }

    @Test
    void plainTelemetryIsARecordWhenItIsAcknowledged() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                StockClient client = new StockClient(broker, device)) {
            client.settled("telemetry.health", telemetry(1, ",\"device_id\":\"" + device.id() + "\""));

            Json.Obj record = records(device.id()).getFirst();
            assertThat(record.text("stream")).isEqualTo("telemetry.health");
            assertThat(record.text("occurredAt")).isEqualTo("2026-11-21T01:02:03.000Z");
            assertThat(record.text("action")).isEqualTo("Device.Telemetry");
            assertThat(record.object("attributes").object("hardware").integer("cpu"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aMessageIdMakesItExactlyOnce() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                StockClient client = new StockClient(broker, device)) {
            client.settled("telemetry.health", telemetry(1, ",\"messageId\":\"m-1\""));
            client.settled("telemetry.health", telemetry(1, ",\"messageId\":\"m-1\""));
            assertThat(numbers(device)).containsExactly(1L);
            // Another message under the same id is set aside: it is settled, and no record.
            client.settled("telemetry.health", telemetry(2, ",\"messageId\":\"m-1\""));
            assertThat(numbers(device)).containsExactly(1L);
        }
    }

    @Test
    void aBadMessageIsSetAsideAndAcknowledgedSoThatItBlocksNone() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                StockClient client = new StockClient(broker, device)) {
            long before = counted("strongroom_ingest_records_total{outcome=\"quarantined\"}");
            client.settled("telemetry.health", "no json");
            client.settled("telemetry.health", "{\"hardware\":{}}");
            client.settled("telemetry.health", telemetry(1, ",\"device_id\":\"another\""));
            client.settled("telemetry.health", "[1]");
            client.settled("telemetry.health", telemetry(7, ""));
            assertThat(numbers(device)).containsExactly(7L);
            assertThat(counted("strongroom_ingest_records_total{outcome=\"quarantined\"}"))
                    .isEqualTo(before + 4);
        }
    }

    @Test
    void aDuplicateDeliveryWithoutMessageIdIsMarked() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                RawMqtt client = raw(device).accepted(device.id())) {
            String topic = "d/" + device.id() + "/up/telemetry.health";
            client.send(
                    RawMqtt.publish(0x02, 1, topic, telemetry(1, "").getBytes(UTF_8)),
                    RawMqtt.publish(0x0a, 1, topic, telemetry(1, "").getBytes(UTF_8)),
                    RawMqtt.publish(
                            0x0a, 2, topic, telemetry(2, ",\"messageId\":\"m\"").getBytes(UTF_8)));
            for (int id : new int[] {1, 1, 2}) {
                RawMqtt.Packet answer = client.read();
                assertThat(answer.first()).isEqualTo(RawMqtt.PUBACK);
                assertThat(answer.rest()).isEqualTo(RawMqtt.number(id));
            }
            assertThat(records(device.id()).stream()
                            .map(record -> record.optionalObject("labels", labels -> labels.text("possibleDuplicate"))
                                    .orElse("")))
                    .containsExactly("", "true", "");
        }
    }

    @Test
    void whatIsSentBeforeTheAnswerToConnectIsTaken() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                RawMqtt client = raw(device)) {
            String own = "d/" + device.id();
            client.send(
                    RawMqtt.connect(device.id()),
                    RawMqtt.subscribe(9, own + "/ack"),
                    RawMqtt.publish(0x02, 1, own + "/up/a", telemetry(1, "").getBytes(UTF_8)));
            assertThat(client.read().first()).isEqualTo(RawMqtt.CONNACK);
            assertThat(List.of(client.read().first(), client.read().first()))
                    .containsExactlyInAnyOrder(RawMqtt.SUBACK, RawMqtt.PUBACK);
            assertThat(numbers(device)).containsExactly(1L);
        }
    }

    @Test
    void whileIntakeIsFullTheClientWaitsAndNothingIsDropped() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                StockClient client = new StockClient(broker, device);
                Enrolled other = TestDevice.enrolled(appliance);
                StockClient batches = new StockClient(broker, other)) {
            List<IMqttDeliveryToken> tokens = new ArrayList<>();
            UPSTREAM.full = true;
            try {
                for (int i = 0; i < 500; i++) {
                    tokens.add(client.send("telemetry.health", telemetry(i, "")));
                }
                tokens.add(batches.publish(
                        batches.topic("up/audit.host"),
                        new SigningDevice(other.id(), other.key()).batch(3).frame()));
                await().atMost(LONG).until(() -> counted("strongroom_mqtt_connections_stopped") >= 2);
                int before = UPSTREAM.turnedAway.get();
                await().atMost(LONG).until(() -> UPSTREAM.turnedAway.get() > before + 2);
                assertThat(tokens).noneMatch(IMqttDeliveryToken::isComplete);
                assertThat(client.isConnected() && batches.isConnected()).isTrue();
                assertThat(records(device.id())).isEmpty();
            } finally {
                UPSTREAM.full = false;
            }
            for (IMqttDeliveryToken token : tokens) {
                token.waitForCompletion(60_000);
            }
            assertThat(numbers(device))
                    .isEqualTo(IntStream.range(0, 500).asLongStream().boxed().toList());
            assertThat(records(other.id())).hasSize(3);
            await().atMost(LONG).until(() -> counted("strongroom_mqtt_connections_stopped") == 0);
        }
    }

    /** As an agent does, after a minute and a half. */
    @Test
    void whoeverLeavesWhileIntakeIsFullAndSendsTheSameBatchAgainIsTakenOnce() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            String topic = "d/" + device.id() + "/up/audit.host";
            SigningDevice signing = new SigningDevice(device.id(), device.key());
            byte[] frame = signing.batch(3).frame();
            UPSTREAM.full = true;
            try (RawMqtt first = raw(device).accepted(device.id())) {
                first.send(RawMqtt.publish(0x02, 1, topic, frame));
                turnedAway(1);
                try (RawMqtt second = raw(device).accepted(device.id())) {
                    second.send(RawMqtt.publish(0x02, 1, topic, frame));
                    turnedAway(3);
                    assertThat(records(device.id())).isEmpty();
                    UPSTREAM.full = false;
                    assertThat(second.read().first()).isEqualTo(RawMqtt.PUBACK);
                    second.send(
                            RawMqtt.publish(0x0a, 2, topic, frame),
                            RawMqtt.publish(0x02, 3, topic, signing.batch(2).frame()));
                    assertThat(List.of(second.read().first(), second.read().first()))
                            .containsOnly(RawMqtt.PUBACK);
                }
            } finally {
                UPSTREAM.full = false;
            }
            assertThat(numbers(records(device.id()))).containsExactly(0L, 1L, 2L, 3L, 4L);
        }
    }

    /** Waits until intake has turned away so many messages more. */
    private static void turnedAway(int times) {
        int before = UPSTREAM.turnedAway.get();
        await().atMost(LONG).until(() -> UPSTREAM.turnedAway.get() >= before + times);
    }

    private static List<Long> numbers(List<Json.Obj> records) {
        return records.stream()
                .map(record -> record.object("attributes").integer("n"))
                .toList();
    }

    @Test
    void aDeviceFromWhichNothingIsReadIsNotTakenForIdle() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                RawMqtt client = raw(device)) {
            client.send(RawMqtt.connect(device.id(), 1));
            assertThat(client.read().first()).isEqualTo(RawMqtt.CONNACK);
            UPSTREAM.full = true;
            try {
                client.send(RawMqtt.publish(
                        0x02, 5, "d/" + device.id() + "/up/a", telemetry(1, "").getBytes(UTF_8)));
                int before = UPSTREAM.turnedAway.get();
                // It is tried again once a second at most, and the broker takes a device for idle after two.
                await().atMost(LONG).until(() -> UPSTREAM.turnedAway.get() > before + 10);
            } finally {
                UPSTREAM.full = false;
            }
            assertThat(client.read().first()).isEqualTo(RawMqtt.PUBACK);
            assertThat(client.isEnded()).as("idle, once it is read again").isTrue();
        }
    }

    @Test
    void fromADeviceThatDoesNotReadItsAnswersNothingMoreIsRead() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                RawMqtt client = raw(device).accepted(device.id())) {
            byte[] thousand = new byte[2_000];
            for (int i = 0; i < thousand.length; i += 2) {
                System.arraycopy(PING, 0, thousand, i, 2);
            }
            // How many answers wait on the way depends on how many of them go out together.
            AtomicBoolean enough = new AtomicBoolean();
            AtomicLong pings = new AtomicLong();
            AtomicReference<Exception> failure = new AtomicReference<>();
            Thread sending = Thread.ofVirtual().start(() -> {
                try {
                    while (!enough.get()) {
                        client.send(thousand);
                        pings.addAndGet(1_000);
                    }
                    client.send(RawMqtt.publish(
                            0x02,
                            5,
                            "d/" + device.id() + "/up/a",
                            telemetry(1, "").getBytes(UTF_8)));
                } catch (java.io.IOException e) {
                    failure.set(e);
                }
            });
            await().atMost(LONG).until(() -> counted("strongroom_mqtt_connections_stopped") == 1);
            enough.set(true);
            long answers = 0;
            int next = client.read().first();
            while (next == RawMqtt.PINGRESP) {
                answers++;
                next = client.read().first();
            }
            assertThat(next).isEqualTo(RawMqtt.PUBACK);
            sending.join();
            assertThat(failure.get()).isNull();
            assertThat(answers).isEqualTo(pings.get());
            assertThat(numbers(device)).containsExactly(1L);
        }
    }

    @Test
    void aClientIdThatIsNotTheCertificatesDeviceIsRefusedAndRecorded() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                Enrolled other = TestDevice.enrolled(appliance);
                StockClient held = new StockClient(broker, other)) {
            assertThatThrownBy(() -> new StockClient(broker, device, other.id()))
                    .isInstanceOfSatisfying(MqttException.class, e -> assertThat(e.getReasonCode())
                            .isEqualTo((int) MqttException.REASON_CODE_INVALID_CLIENT_ID));
            assertThat(held.isConnected()).as("nobody can push out another").isTrue();
            await().atMost(LONG).until(() -> records("strongroom").stream()
                    .anyMatch(record -> record.text("action").equals("GuardDecision.SourceNotAllowed")
                            && record.object("actor").text("id").equals(device.id())));
        }
    }

    @Test
    void aRevokedDeviceIsDisconnectedAndDoesNotComeBack() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                StockClient client = new StockClient(broker, device)) {
            client.settled("telemetry.health", telemetry(1, ""));
            revoke(device);
            await().atMost(LONG).until(() -> !client.isConnected());
            assertThatThrownBy(() -> new StockClient(broker, device)).isInstanceOf(MqttException.class);
            try (RawMqtt again = raw(device).send(RawMqtt.connect(device.id()))) {
                assertThat(again.read().rest()).as("not authorised").isEqualTo(new byte[] {0, 5});
                assertThat(again.isEnded()).isTrue();
            }
            assertThat(numbers(device)).containsExactly(1L);
        }
    }

    @Test
    void aDeviceThatIsRevokedWhileItIsAwayDoesNotComeBack() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            new StockClient(broker, device).close();
            revoke(device);
            try (RawMqtt again = raw(device).send(RawMqtt.connect(device.id()))) {
                assertThat(again.read().rest()).isEqualTo(new byte[] {0, 5});
                assertThat(again.isEnded()).isTrue();
            }
        }
    }

    @Test
    void withoutACertificateThereIsNoConnection() {
        assertThatThrownBy(() -> {
                    try (RawMqtt client =
                            new RawMqtt(broker, TestDevice.at(appliance).strangersTls())) {
                        client.accepted("anybody");
                    }
                })
                .isInstanceOf(java.io.IOException.class);
    }

    @Test
    void foreignTopicsAndThoseOfTheBrokerAreNeitherWrittenNorRead() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                Enrolled other = TestDevice.enrolled(appliance)) {
            String own = "d/" + device.id();
            for (String topic : List.of(
                    "d/" + other.id() + "/up/audit.host",
                    "d/" + other.id() + "/cmd",
                    "$SYS/broker",
                    "$share/g/" + own + "/up/a",
                    own + "/cmd",
                    own + "/up/system.guard",
                    own + "/up/a/b",
                    own + "/up/",
                    "anything")) {
                for (int flags : new int[] {0x00, 0x02}) {
                    try (RawMqtt client = raw(device).accepted(device.id())) {
                        client.send(RawMqtt.publish(
                                flags, 1, topic, telemetry(1, "").getBytes(UTF_8)));
                        assertThat(client.isEnded()).as(topic).isTrue();
                    }
                }
            }
            try (StockClient client = new StockClient(broker, device)) {
                for (String filter : List.of(
                        "#", "+/+/cmd", "$SYS/#", "d/+/cmd", "d/" + other.id() + "/cmd", "$share/g/" + own + "/cmd")) {
                    assertThat(client.subscribe(filter)).as(filter).isEqualTo(128);
                }
                assertThat(client.subscribe(own + "/cmd")).isLessThan(3);
            }
            assertThat(records(device.id())).isEmpty();
            assertThat(records(other.id())).isEmpty();
        }
    }

    @Test
    void quality2AndRetainedEndTheConnectionAndQuality0IsCounted() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            String topic = "d/" + device.id() + "/up/telemetry.health";
            byte[] payload = telemetry(1, "").getBytes(UTF_8);
            long before = ended("quality");
            for (int flags : new int[] {0x04, 0x03, 0x01}) {
                try (RawMqtt client = raw(device).accepted(device.id())) {
                    client.send(RawMqtt.publish(flags, 1, topic, payload));
                    assertThat(client.isEnded()).as("flags " + flags).isTrue();
                }
            }
            assertThat(ended("quality")).isEqualTo(before + 3);
            long passedOver = counted("strongroom_mqtt_messages_total{outcome=\"passed-over\"}");
            try (RawMqtt client = raw(device).accepted(device.id())) {
                client.send(RawMqtt.publish(0, 0, topic, payload), PING);
                assertThat(client.read().first()).isEqualTo(RawMqtt.PINGRESP);
            }
            assertThat(counted("strongroom_mqtt_messages_total{outcome=\"passed-over\"}"))
                    .isEqualTo(passedOver + 1);
            assertThat(records(device.id())).isEmpty();
        }
    }

    @Test
    void anOverLongMessageEndsTheConnection() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                RawMqtt client = raw(device).accepted(device.id())) {
            long before = ended("malformed");
            byte[] tooLong = new byte[BatchLayout.MOST_BYTES + 2048];
            try {
                client.send(RawMqtt.publish(0x02, 1, "d/" + device.id() + "/up/audit.host", tooLong));
            } catch (java.io.IOException ended) {
                // It may be so before all was written.
            }
            assertThat(client.isEnded()).isTrue();
            await().atMost(LONG).until(() -> ended("malformed") == before + 1);
        }
    }

    @Test
    void whatTheBrokersThreadsWouldDieOfDoesNotReachThem() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            byte[] id = RawMqtt.number(7);
            for (byte[] packet : List.of(
                    RawMqtt.packet(0x40, id),
                    RawMqtt.packet(0x50, id),
                    RawMqtt.packet(0x62, id),
                    RawMqtt.packet(0x70, id),
                    RawMqtt.connect(device.id()))) {
                try (RawMqtt client = raw(device).accepted(device.id())) {
                    client.send(packet);
                    assertThat(client.isEnded()).as("packet " + packet[0]).isTrue();
                }
            }
            try (RawMqtt client = raw(device)) {
                client.send(PING);
                assertThat(client.isEnded()).as("before CONNECT").isTrue();
            }
            try (StockClient client = new StockClient(broker, device)) {
                client.settled("telemetry.health", telemetry(1, ""));
            }
        }
    }

    @Test
    void whatIsToBeForgottenIsAnsweredWhoseverItIs() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                RawMqtt client = raw(device).accepted(device.id())) {
            String own = "d/" + device.id() + "/ack";
            client.send(RawMqtt.subscribe(1, own));
            assertThat(client.read().first()).isEqualTo(RawMqtt.SUBACK);
            client.send(
                    RawMqtt.unsubscribe(2, "#"),
                    RawMqtt.unsubscribe(3, "d/another/cmd"),
                    RawMqtt.unsubscribe(4, "d/" + device.id() + "/cmd"),
                    RawMqtt.unsubscribe(5, "$SYS/#", own));
            List<Integer> answered = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                RawMqtt.Packet answer = client.read();
                assertThat(answer.first()).isEqualTo(RawMqtt.UNSUBACK);
                answered.add((int) answer.rest()[1]);
            }
            assertThat(answered).containsExactlyInAnyOrder(2, 3, 4, 5);

            // It does not listen any more.
            client.send(RawMqtt.publish(
                    0x02,
                    6,
                    "d/" + device.id() + "/up/audit.host",
                    new SigningDevice(device.id(), device.key()).batch(1).frame()));
            assertThat(client.read().first()).isEqualTo(RawMqtt.PUBACK);
            client.send(PING);
            assertThat(client.read().first()).isEqualTo(RawMqtt.PINGRESP);
        }
    }

    @Test
    void whatNamesNoTopicEndsTheConnection() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            for (byte[] packet :
                    List.of(RawMqtt.packet(0x82, RawMqtt.number(7)), RawMqtt.packet(0xa2, RawMqtt.number(7)))) {
                try (RawMqtt client = raw(device).accepted(device.id())) {
                    client.send(packet);
                    assertThat(client.isEnded()).as("packet " + packet[0]).isTrue();
                }
            }
        }
    }

    @Test
    void aPasswordNeedsAUserName() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            byte[] id = RawMqtt.text(device.id());
            byte[] word = RawMqtt.text("word");
            try (RawMqtt client = raw(device)) {
                client.send(RawMqtt.packet(0x10, RawMqtt.text("MQTT"), new byte[] {4, 0x42, 0, 60}, id, word));
                assertThat(client.isEnded()).isTrue();
            }
            try (RawMqtt client = raw(device)) {
                client.send(
                        RawMqtt.packet(0x10, RawMqtt.text("MQTT"), new byte[] {4, (byte) 0xc2, 0, 60}, id, word, word));
                assertThat(client.read().rest()).isEqualTo(new byte[] {0, 0});
            }
        }
    }

    /** MQTT 5, §3.1.2.2; MQTT 3.1.1, §3.1.2.2. */
    @Test
    void anotherVersionIsRefusedInItsOwnForm() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            byte[] id = RawMqtt.text(device.id());
            refusesVersion(
                    device,
                    RawMqtt.packet(0x10, RawMqtt.text("MQTT"), new byte[] {5, 2, 0, 60, 0}, id),
                    new byte[] {0, (byte) 0x84, 0});
            refusesVersion(
                    device, RawMqtt.packet(0x10, RawMqtt.text("MQIsdp"), new byte[] {3, 2, 0, 60}, id), new byte[] {0, 1
                    });
            refusesVersion(
                    device, RawMqtt.packet(0x10, RawMqtt.text("MQTT"), new byte[] {6, 2, 0, 60}, id), new byte[] {0, 1
                    });
        }
    }

    private static void refusesVersion(Enrolled device, byte[] connect, byte[] answer) throws Exception {
        long before = ended("version");
        try (RawMqtt client = raw(device).send(connect)) {
            RawMqtt.Packet refusal = client.read();
            assertThat(refusal.first()).isEqualTo(RawMqtt.CONNACK);
            assertThat(refusal.rest()).isEqualTo(answer);
            assertThat(client.isEnded()).isTrue();
        }
        assertThat(ended("version")).isEqualTo(before + 1);
    }

    @Test
    void aLastWillIsRefusedSinceTheBrokerWouldPublishItUnasked() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                RawMqtt client = raw(device)) {
            byte[] id = device.id().getBytes(UTF_8);
            client.send(RawMqtt.packet(
                    0x10,
                    new byte[] {0, 4, 'M', 'Q', 'T', 'T', 4, 0x06, 0, 60},
                    RawMqtt.number(id.length),
                    id,
                    new byte[] {0, 1, 't', 0, 1, 'x'}));
            assertThat(client.read().rest()).isEqualTo(new byte[] {0, 5});
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void theSecondConnectionOfADeviceTakesThePlaceOfTheFirst() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance);
                StockClient first = new StockClient(broker, device);
                StockClient second = new StockClient(broker, device)) {
            await().atMost(LONG).until(() -> !first.isConnected());
            second.settled("telemetry.health", telemetry(1, ""));
            assertThat(second.isConnected()).isTrue();
        }
    }

    /** So that nobody has to guess why a device lost its connection. */
    @Test
    void whyAConnectionEndedIsCountedWhoeverEndedIt() throws Exception {
        try (Enrolled device = TestDevice.enrolled(appliance)) {
            endsAs("idle", device, client -> {
                client.send(RawMqtt.connect(device.id(), 1));
                assertThat(client.read().first()).isEqualTo(RawMqtt.CONNACK);
                assertThat(client.isEnded()).isTrue();
            });
            endsAs("disconnected", device, client -> client.accepted(device.id())
                    .send(RawMqtt.packet(RawMqtt.DISCONNECT)));
            endsAs("left", device, client -> client.accepted(device.id()));
            endsAs("broker", device, client -> {
                var unused = client.accepted(device.id());
                try (RawMqtt next = raw(device)) {
                    unused = next.accepted(device.id());
                    assertThat(client.isEnded()).isTrue();
                }
            });
            long before = ended("handshake");
            withoutACertificateThereIsNoConnection();
            await().atMost(LONG).until(() -> ended("handshake") == before + 1);
        }
    }

    private interface Use {
        void of(RawMqtt client) throws Exception;
    }

    private static void endsAs(String because, Enrolled device, Use use) throws Exception {
        long before = ended(because);
        try (RawMqtt client = raw(device)) {
            use.of(client);
        }
        await().atMost(LONG).until(() -> ended(because) == before + 1);
    }
}
