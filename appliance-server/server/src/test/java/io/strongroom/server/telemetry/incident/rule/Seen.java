package io.strongroom.server.telemetry.incident.rule;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.server.telemetry.Observation;
import io.strongroom.server.telemetry.Observation.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Observations for tests. All times are epoch milliseconds. */
public record Seen(
        String device, String stream, String action, long at, long recordedAt, Map<String, Value> attributes) {
    /** A day's beginning. */
    public static final long DAY = 1_790_035_200_000L;

    public static final long MINUTE = Duration.ofMinutes(1).toMillis();
    public static final long HOUR = Duration.ofHours(1).toMillis();

    public static Seen health(long at) {
        return new Seen("dev-1", "telemetry.health", "Telemetry.Health", at, at, Map.of());
    }

    public static Seen action(String action, long at) {
        return new Seen("dev-1", "audit.logs", action, at, at, Map.of());
    }

    /** What the appliance says of the device. */
    public static Seen appliance(String action, long at) {
        return new Seen("dev-1", "system.devices", action, at, at, Map.of());
    }

    public Seen of(String other) {
        return new Seen(other, stream, action, at, recordedAt, attributes);
    }

    public Seen in(String other) {
        return new Seen(device, other, action, at, recordedAt, attributes);
    }

    public Seen recorded(long when) {
        return new Seen(device, stream, action, at, when, attributes);
    }

    public Seen with(String name, double value) {
        return with(name, new Json.Num(Double.toString(value)));
    }

    public Seen with(String name, String value) {
        return with(name, Json.of(value));
    }

    public Seen with(String name, Json value) {
        Map<String, Value> more = new LinkedHashMap<>(attributes);
        more.put(name, new Value(value, "/attributes/" + name));
        return new Seen(device, stream, action, at, recordedAt, more);
    }

    public Seen disk(String mount, double used) {
        return with(
                "filesystems",
                new Json.Arr(List.of(Json.object()
                        .put("system.filesystem.mountpoint", mount)
                        .put("system.filesystem.utilization", new Json.Num(Double.toString(used)))
                        .build())));
    }

    /** As it is where nobody reads what it says. */
    Seen unread() {
        return new Seen(device, stream, action, at, recordedAt, Map.of());
    }

    /** At that place in the ledger. */
    public Observation at(long seq) {
        return new Observation(
                seq,
                RecordId.of(recordedAt, new byte[RecordId.RANDOM_BYTES]),
                device,
                stream,
                action,
                "unknown",
                Optional.empty(),
                at,
                recordedAt,
                true,
                Digest.ZERO,
                attributes,
                Optional.empty());
    }
}
