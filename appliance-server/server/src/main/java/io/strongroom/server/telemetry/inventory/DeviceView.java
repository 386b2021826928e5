package io.strongroom.server.telemetry.inventory;

import io.strongroom.api.json.Json;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.telemetry.Observation;
import io.strongroom.server.telemetry.Upsert;
import io.strongroom.server.telemetry.View;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When each device was heard of, and the newest of what it told of itself. */
@Singleton
final class DeviceView implements View {
    /** What is kept of a device. Each is the newest that was told, with the place where it was. */
    static final Set<String> FACTS = Set.of(
            "host.name",
            "host.arch",
            "os.type",
            "os.name",
            "os.version",
            "system.cpu.logical.count",
            "system.memory.limit",
            "agent.version",
            "agent.status");

    /** The stream in which the appliance tells of devices, which says nothing of whether they were heard of. */
    private static final String DEVICES = "system.devices";

    private static final int MOST_CHARS = 1_000;

    private static final Upsert DEVICE = new Upsert(
            "UPDATE telemetry_device SET first_seen = LEAST(first_seen, ?), last_seen = GREATEST(last_seen, ?),"
                    + " last_seq = ?, signed = ?, policy = ? WHERE tenant_id = ? AND device_id = ?",
            "INSERT INTO telemetry_device (first_seen, last_seen, last_seq, signed, policy, tenant_id, device_id)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)");

    private static final Upsert FACT = new Upsert(
            "UPDATE telemetry_fact SET fact = ?, stream = ?, pointer = ?, seq = ?, told_at = ?"
                    + " WHERE tenant_id = ? AND device_id = ? AND name = ?",
            "INSERT INTO telemetry_fact (fact, stream, pointer, seq, told_at, tenant_id, device_id, name)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");

    private final String tenant;

    DeviceView(Installation installation) {
        this.tenant = installation.tenant().value();
    }

    @Override
    public String name() {
        return "devices 1";
    }

    @Override
    public List<String> tables() {
        return List.of("telemetry_fact", "telemetry_device");
    }

    private record FactKey(String device, String name) {}

    @Override
    public void take(Connection connection, List<Observation> observations) throws SQLException {
        Map<String, Observation> first = new LinkedHashMap<>();
        Map<String, Observation> last = new LinkedHashMap<>();
        Map<FactKey, @Nullable Object[]> facts = new LinkedHashMap<>();
        for (Observation each : observations) {
            if (!each.stream().equals(DEVICES)) {
                first.putIfAbsent(each.device(), each);
                last.put(each.device(), each);
                each.attributes().forEach((name, value) -> {
                    if (FACTS.contains(name)) {
                        facts.put(new FactKey(each.device(), name), fact(each, name, value));
                    }
                });
            }
        }
        List<@Nullable Object[]> devices = new ArrayList<>();
        last.forEach((device, newest) -> devices.add(new Object[] {
            first.getOrDefault(device, newest).recordedAt(),
            newest.recordedAt(),
            newest.seq(),
            newest.signed(),
            newest.policy(),
            tenant,
            device
        }));
        DEVICE.run(connection, devices);
        FACT.run(connection, List.copyOf(facts.values()));
    }

    private @Nullable Object[] fact(Observation told, String name, Observation.Value value) {
        String text =
                value.json() instanceof Json.Text it ? it.value() : value.json().toString();
        return new Object[] {
            text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS),
            told.stream(),
            value.pointer(),
            told.seq(),
            told.occurredAt(),
            tenant,
            told.device(),
            name
        };
    }
}
