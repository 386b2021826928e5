package io.strongroom.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.StreamName;
import io.strongroom.server.access.Caller;
import io.strongroom.server.ingest.DeviceMessages.Message;
import io.strongroom.server.problem.ProblemException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What devices say in plain JSON. */
class DeviceMessagesTest {
    private static final Sender SENDER = new Sender(
            Intake.TENANT,
            Sender.Named.OURS,
            new Caller("dev-1", "dev-1", "acme", Set.of(), Set.of("dev-1")),
            "req-1",
            "MQTT");

    private final Intake intake = new Intake();
    private final DeviceMessages messages =
            new DeviceMessages(intake.intake, InstantSource.system(), new SecureRandom());

    private DeviceMessages.Way way(String... payloads) {
        return messages.examine(
                List.of(payloads).stream()
                        .map(payload -> new Message(new StreamName("telemetry.health"), payload.getBytes(UTF_8), false))
                        .toList(),
                SENDER);
    }

    private static TelemetryDocument.Read read(String payload) {
        return TelemetryDocument.read(payload.getBytes(UTF_8), "dev-1", new StreamName("telemetry.health"), false);
    }

    @Test
    void whatFoundNoRoomIsTakenOnceThereIsSome() {
        DeviceMessages.Way way = way("{\"timestamp\":\"2026-11-21T01:02:03Z\"}", "no json");
        intake.ledger.capacity(0);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(way::settle).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                    .isEqualTo(ProblemType.OVERLOADED));
        }
        assertThat(intake.guard.kept).isEmpty();
        intake.ledger.capacity(10);
        way.settle();
        way.settle();
        assertThat(intake.ledger.committed()).hasSize(1);
        assertThat(intake.guard.kept).containsExactly("malformed-json no json");
    }

    @Test
    void aDeviceSpeaksForItselfAlone() {
        way("{\"timestamp\":\"2026-11-21T01:02:03Z\",\"device_id\":\"dev-2\"}").settle();
        assertThat(intake.ledger.committed()).isEmpty();
        assertThat(intake.guard.notes).containsExactly(ProblemType.SOURCE_NOT_ALLOWED);
    }

    @Test
    void aTimeIsReadWithItsOffsetAndWrittenWithout() {
        for (String time : List.of("2026-11-21T02:02:03.5+01:00", "2026-11-21T01:02:03.500Z")) {
            assertThat(read("{\"timestamp\":\"" + time + "\"}"))
                    .isInstanceOfSatisfying(TelemetryDocument.Read.Good.class, good -> assertThat(
                                    Json.parseObject(good.document()).text("occurredAt"))
                            .isEqualTo("2026-11-21T01:02:03.500Z"));
        }
    }

    @Test
    void whatIsNoTelemetryIsTold() {
        for (String bad : List.of(
                "",
                "[]",
                "{}",
                "{\"timestamp\":1}",
                "{\"timestamp\":\"yesterday\"}",
                "{\"timestamp\":\"+999999999-12-31T23:59:59Z\"}",
                "{\"timestamp\":\"2026-11-21T01:02:03Z\",\"messageId\":\"\"}",
                "{\"timestamp\":\"2026-11-21T01:02:03Z\",\"messageId\":7}",
                "{\"timestamp\":\"2026-11-21T01:02:03Z\",\"timestamp\":\"2026-11-21T01:02:03Z\"}")) {
            assertThat(read(bad)).as(bad).isInstanceOf(TelemetryDocument.Read.Bad.class);
        }
    }
}
