package io.strongroom.server.telemetry.inventory;

import io.strongroom.api.json.Json;
import io.strongroom.server.database.Sql;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.telemetry.Observation;
import io.strongroom.server.telemetry.Upsert;
import io.strongroom.server.telemetry.View;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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

    /** The streams in which the appliance tells of devices, which says nothing of whether they were heard of. */
    private static final String APPLIANCE = "system.";

    /** Devices that are forgotten at once. */
    private static final int AT_ONCE = 10;

    private static final List<String> OF_A_DEVICE =
            List.of("telemetry_fact", "telemetry_software", "telemetry_software_list", "telemetry_device");

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
    private final long keptMillis;

    @Inject
    DeviceView(Installation installation, Settings settings) {
        this(
                installation.tenant().value(),
                Duration.ofDays(settings.number(Setting.TELEMETRY_INVENTORY_DAYS, 1, 36_500)));
    }

    DeviceView(String tenant, Duration kept) {
        this.tenant = tenant;
        this.keptMillis = kept.toMillis();
    }

    @Override
    public String name() {
        return "devices 2";
    }

    @Override
    public List<String> tables() {
        return List.of("telemetry_fact", "telemetry_device");
    }

    @Override
    public boolean reads(String stream, String action) {
        return Observation.isOfItself(stream, action);
    }

    private record FactKey(String device, String name) {}

    @Override
    public void take(Connection connection, List<Observation> observations) throws SQLException {
        Map<String, Observation> first = new LinkedHashMap<>();
        Map<String, Observation> last = new LinkedHashMap<>();
        Map<FactKey, @Nullable Object[]> facts = new LinkedHashMap<>();
        for (Observation each : observations) {
            if (!each.stream().startsWith(APPLIANCE)) {
                first.putIfAbsent(each.device(), each);
                last.put(each.device(), each);
                if (reads(each.stream(), each.action())) {
                    each.attributes().forEach((name, value) -> {
                        if (FACTS.contains(name)) {
                            facts.put(new FactKey(each.device(), name), fact(each, name, value));
                        }
                    });
                }
            }
        }
        List<@Nullable Object[]> devices = new ArrayList<>();
        last.forEach((device, newest) -> devices.add(new Object[] {
            first.getOrDefault(device, newest).recordedAt(),
            newest.recordedAt(),
            newest.seq(),
            newest.signed(),
            newest.policy().toString(),
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

    /** A device that has not been heard of for so long is forgotten, with its software. */
    @Override
    public boolean expire(Connection connection, long now, int most) throws SQLException {
        List<String> silent = Sql.all(
                connection,
                "SELECT device_id FROM telemetry_device WHERE last_seen < ? ORDER BY last_seen LIMIT " + AT_ONCE,
                row -> row.getString(1),
                now - keptMillis);
        for (String device : silent) {
            for (String table : OF_A_DEVICE) {
                Sql.update(connection, "DELETE FROM " + table + " WHERE device_id = ?", device);
            }
        }
        return silent.size() == AT_ONCE;
    }
}
