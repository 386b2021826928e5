package io.strongroom.server.telemetry.fleet;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import io.strongroom.server.telemetry.fleet.FleetNumber.Value;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the fleet's numbers from the read models. How many there are does not grow with the fleet, but for measures of
 * single devices, of which there are as many as the setting allows: the devices whose ids come first.
 */
final class FleetNumbers {
    /** What is told of devices, by the name that it gets. */
    private static final Map<String, String> MEASURES = new LinkedHashMap<>();

    static {
        MEASURES.put("system.cpu.utilization", "strongroom_device_cpu_utilization_ratio");
        MEASURES.put("system.memory.utilization", "strongroom_device_memory_utilization_ratio");
        MEASURES.put("hw.temperature", "strongroom_device_temperature_celsius");
        MEASURES.put("network.latency", "strongroom_device_network_latency_seconds");
        MEASURES.put("agent.queue.depth", "strongroom_device_queue_depth");
    }

    private static final Map<String, Duration> WITHIN = new LinkedHashMap<>();

    static {
        WITHIN.put("5m", Duration.ofMinutes(5));
        WITHIN.put("1h", Duration.ofHours(1));
        WITHIN.put("24h", Duration.ofDays(1));
    }

    /** What is older says nothing of now. */
    private static final long FRESH_MILLIS = Duration.ofHours(1).toMillis();

    private static final double[] QUANTILES = {0.5, 0.95, 0.99};

    private final Database database;
    private final InstantSource clock;
    private final int mostDevices;

    /** @param mostDevices so many devices have numbers of their own; 0 for none */
    FleetNumbers(Database database, InstantSource clock, int mostDevices) {
        this.database = database;
        this.clock = clock;
        this.mostDevices = mostDevices;
    }

    /** The names of all numbers that there may be, with what they tell. */
    Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(INCIDENTS, "Incidents that are not closed, by severity.");
        names.put(RULES, "Incidents that are not closed, by rule; those that agents raised together.");
        names.put(HEARD, "Devices that were heard of within a time.");
        names.put(DEPLOYMENTS, "Deployment jobs that are kept, by state.");
        MEASURES.forEach((metric, name) -> names.put(
                name, "Quantiles over all devices of what each told last of " + metric + " within the hour."));
        if (mostDevices > 0) {
            names.put(DEVICE, "What single devices told last within the hour.");
        }
        return names;
    }

    private static final String INCIDENTS = "strongroom_incidents";
    private static final String RULES = "strongroom_incidents_by_rule";
    private static final String HEARD = "strongroom_devices_heard";
    private static final String DEPLOYMENTS = "strongroom_deployments";
    private static final String DEVICE = "strongroom_device_measure";

    /** All numbers as they are now, each of {@link #names} once. */
    List<FleetNumber> read() {
        Map<String, String> names = names();
        Map<String, List<Value>> values = database.read(this::values);
        List<FleetNumber> numbers = new ArrayList<>();
        names.forEach((name, help) -> numbers.add(new FleetNumber(name, help, values.getOrDefault(name, List.of()))));
        return numbers;
    }

    private Map<String, List<Value>> values(Connection connection) throws SQLException {
        long now = clock.millis();
        Map<String, List<Value>> values = new LinkedHashMap<>();
        values.put(
                INCIDENTS,
                counts(
                        connection,
                        "severity",
                        "SELECT severity, COUNT(*) FROM incident WHERE state IN ('OPEN', 'ACKNOWLEDGED') GROUP BY severity"));
        values.put(
                RULES,
                counts(
                        connection,
                        "rule",
                        "SELECT CASE WHEN rule LIKE 'agent.%' THEN 'agent' ELSE rule END AS told, COUNT(*) FROM incident"
                                + " WHERE state IN ('OPEN', 'ACKNOWLEDGED') GROUP BY told"));
        values.put(
                DEPLOYMENTS,
                counts(connection, "state", "SELECT LOWER(state), COUNT(*) FROM deployment GROUP BY state"));
        List<Value> heard = new ArrayList<>();
        for (Map.Entry<String, Duration> within : WITHIN.entrySet()) {
            long since = now - within.getValue().toMillis();
            heard.add(new Value(
                    Map.of("within", within.getKey()),
                    Sql.first(
                                    connection,
                                    "SELECT COUNT(*) FROM incident_heard WHERE heard_at >= ?",
                                    row -> row.getLong(1),
                                    since)
                            .orElse(0L)));
        }
        values.put(HEARD, heard);
        for (Map.Entry<String, String> measure : MEASURES.entrySet()) {
            values.put(measure.getValue(), quantiles(connection, measure.getKey(), now - FRESH_MILLIS));
        }
        if (mostDevices > 0) {
            values.put(DEVICE, devices(connection, now - FRESH_MILLIS));
        }
        return values;
    }

    private static List<Value> counts(Connection connection, String label, String sql) throws SQLException {
        return Sql.all(connection, sql, row -> new Value(Map.of(label, row.getString(1)), row.getLong(2)));
    }

    private static List<Value> quantiles(Connection connection, String metric, long since) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT COUNT(*)");
        for (double quantile : QUANTILES) {
            sql.append(", PERCENTILE_DISC(").append(quantile).append(") WITHIN GROUP (ORDER BY last_value)");
        }
        sql.append(" FROM health_series WHERE metric = ? AND last_at >= ?");
        List<Value> values = new ArrayList<>();
        Sql.all(
                        connection,
                        sql.toString(),
                        row -> {
                            double[] found = new double[row.getLong(1) == 0 ? 0 : QUANTILES.length];
                            for (int i = 0; i < found.length; i++) {
                                found[i] = row.getDouble(i + 2);
                            }
                            return found;
                        },
                        metric,
                        since)
                .forEach(found -> {
                    for (int i = 0; i < found.length; i++) {
                        values.add(new Value(Map.of("quantile", String.valueOf(QUANTILES[i])), found[i]));
                    }
                });
        return values;
    }

    private List<Value> devices(Connection connection, long since) throws SQLException {
        Map<Map<String, String>, Double> values = new LinkedHashMap<>();
        Sql.all(
                        connection,
                        "SELECT s.device, s.metric, s.last_value FROM health_series s JOIN (SELECT device FROM incident_heard"
                                + " ORDER BY device LIMIT " + mostDevices + ") d ON s.device = d.device"
                                + " WHERE s.last_at >= ? ORDER BY s.last_at",
                        row -> Map.entry(
                                Map.of("device", row.getString(1), "measure", row.getString(2)), row.getDouble(3)),
                        since)
                .stream()
                .filter(each -> MEASURES.containsKey(each.getKey().get("measure")))
                .forEach(each -> values.put(each.getKey(), each.getValue()));
        return values.entrySet().stream()
                .map(each -> new Value(each.getKey(), each.getValue()))
                .toList();
    }
}
