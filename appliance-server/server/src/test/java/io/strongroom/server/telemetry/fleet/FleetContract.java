package io.strongroom.server.telemetry.fleet;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.Sql;
import io.strongroom.server.metrics.Meters;
import io.strongroom.server.telemetry.fleet.FleetNumber.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of the fleet, on either database. */
abstract class FleetContract {
    private static final long NOW = 1_795_219_200_000L;
    private static final long MINUTE = 60_000;

    private JdbcDatabase database;

    abstract JdbcDatabase open();

    @BeforeEach
    void openDatabase() {
        database = open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private FleetNumbers numbers(int mostDevices) {
        return new FleetNumbers(database, InstantSource.fixed(Instant.ofEpochMilli(NOW)), mostDevices);
    }

    private void series(long id, String device, String metric, long at, double value) {
        database.owner(connection -> Sql.update(
                connection,
                "INSERT INTO health_series (id, tenant_id, device, metric, stream, pointer, last_at, last_seq, last_value)"
                        + " VALUES (?, 'acme', ?, ?, 'telemetry.health', '/attributes/x', ?, 1, ?)",
                id,
                device,
                metric,
                at,
                value));
    }

    private void heard(String device, long at) {
        database.owner(connection -> Sql.update(
                connection,
                "INSERT INTO incident_heard (tenant_id, device, heard_at, heard_seq) VALUES ('acme', ?, ?, 1)",
                device,
                at));
    }

    private void incident(String id, String rule, String severity, String state) {
        database.owner(connection -> Sql.update(
                connection,
                "INSERT INTO incident (id, tenant_id, device, rule, subject, severity, state, detail, first_seq, first_at,"
                        + " last_seq, last_at, sightings, records) VALUES (?, 'acme', 'dev-1', ?, '', ?, ?, '{}', 1, 1, 1, 1,"
                        + " 1, '1')",
                id,
                rule,
                severity,
                state));
    }

    private static Map<String, List<Value>> byName(FleetNumbers numbers) {
        return numbers.read().stream().collect(toMap(FleetNumber::name, FleetNumber::values));
    }

    @Test
    void thereAreQuantilesOfWhatEachDeviceToldLastWithinTheHour() {
        for (int i = 1; i <= 100; i++) {
            series(i, "dev-" + i, "network.latency", NOW - MINUTE, i / 1000.0);
        }
        series(1000, "dev-old", "network.latency", NOW - 61 * MINUTE, 9);
        assertThat(byName(numbers(0)).get("strongroom_device_network_latency_seconds"))
                .containsExactly(
                        new Value(Map.of("quantile", "0.5"), 0.05),
                        new Value(Map.of("quantile", "0.95"), 0.095),
                        new Value(Map.of("quantile", "0.99"), 0.099));
        assertThat(byName(numbers(0)).get("strongroom_device_queue_depth")).isEmpty();
    }

    @Test
    void incidentsAndHeartbeatsAreCounted() {
        incident("a", "gap", "S1", "OPEN");
        incident("b", "agent.x", "S2", "ACKNOWLEDGED");
        incident("c", "agent.y", "S2", "OPEN");
        incident("d", "gap", "S1", "CLOSED");
        incident("e", "gap", "S3", "FOUND");
        heard("dev-1", NOW - MINUTE);
        heard("dev-2", NOW - 30 * MINUTE);
        Map<String, List<Value>> numbers = byName(numbers(0));
        assertThat(numbers.get("strongroom_incidents"))
                .containsExactlyInAnyOrder(
                        new Value(Map.of("severity", "S1"), 1), new Value(Map.of("severity", "S2"), 2));
        assertThat(numbers.get("strongroom_incidents_by_rule"))
                .containsExactlyInAnyOrder(new Value(Map.of("rule", "gap"), 1), new Value(Map.of("rule", "agent"), 2));
        assertThat(numbers.get("strongroom_devices_heard"))
                .containsExactly(
                        new Value(Map.of("within", "5m"), 1),
                        new Value(Map.of("within", "1h"), 2),
                        new Value(Map.of("within", "24h"), 2));
    }

    @Test
    void soManyDevicesHaveNumbersOfTheirOwnAsTheSettingAllows() {
        for (int i = 1; i <= 5; i++) {
            heard("dev-" + i, NOW);
            series(i, "dev-" + i, "hw.temperature", NOW, 40 + i);
            series(10 + i, "dev-" + i, "system.uptime", NOW, 1);
        }
        assertThat(byName(numbers(0))).doesNotContainKey("strongroom_device_measure");
        assertThat(byName(numbers(2)).get("strongroom_device_measure"))
                .containsExactlyInAnyOrder(
                        new Value(Map.of("device", "dev-1", "measure", "hw.temperature"), 41),
                        new Value(Map.of("device", "dev-2", "measure", "hw.temperature"), 42));
    }

    @Test
    void allOfItIsScraped() {
        heard("dev-1", NOW);
        series(1, "dev-1", "hw.temperature", NOW, 41.5);
        Meters meters = new Meters();
        new FleetMeters(numbers(1)).describe(meters);
        assertThat(new String(meters.text(), StandardCharsets.UTF_8))
                .contains("strongroom_device_temperature_celsius{quantile=\"0.95\"} 41.5")
                .contains("strongroom_device_measure{device=\"dev-1\",measure=\"hw.temperature\"} 41.5");
    }

    @Test
    void aDatabaseThatIsAwayCostsTheFleetAndNotTheScrape() {
        FleetMeters fleet = new FleetMeters(numbers(1));
        database.owner(connection -> Sql.update(connection, "DROP TABLE deployment"));
        Meters meters = new Meters();
        fleet.describe(meters);
        assertThat(meters.text()).isEmpty();
    }
}
