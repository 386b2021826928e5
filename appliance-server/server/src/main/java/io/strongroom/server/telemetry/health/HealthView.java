package io.strongroom.server.telemetry.health;

import io.strongroom.api.json.Json;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.telemetry.Observation;
import io.strongroom.server.telemetry.View;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps every number that devices tell in streams {@code telemetry.…}, by the time at which they measured it. */
@Singleton
final class HealthView implements View, MeterSource {
    private static final String TELEMETRY = "telemetry.";
    private static final String DISKS = "filesystems";
    private static final String DISK = "system.filesystem.";
    private static final String MOUNT = "system.filesystem.mountpoint";
    private static final int MOST_NAME_CHARS = 300;
    private static final String CRASHED = "Process.Crashed";
    private static final String CRASHES = "process.crashes";

    /** Larger ones would overflow a sum one day. */
    private static final double LARGEST = 1e18;

    /** What a clock that is so far ahead measured would stay for ever. */
    private static final long MOST_AHEAD_MILLIS = Duration.ofDays(1).toMillis();

    private static final int MOST_DAYS = 36_500;

    private final HealthTables tables;
    private final Duration kept;

    HealthView(Installation installation, Settings settings) {
        this.tables = new HealthTables(installation.tenant().value());
        this.kept = Duration.ofDays(settings.number(Setting.TELEMETRY_METRICS_DAYS, 1, MOST_DAYS));
    }

    @Override
    public String name() {
        return "health 1";
    }

    @Override
    public List<String> tables() {
        return HealthTables.TABLES;
    }

    @Override
    public boolean reads(String stream, String action) {
        return stream.startsWith(TELEMETRY);
    }

    @Override
    public void take(Connection connection, List<Observation> observations) throws SQLException {
        List<Sample> samples = new ArrayList<>();
        observations.forEach(each -> samples.addAll(samples(each)));
        tables.store(connection, samples);
    }

    @Override
    public boolean expire(Connection connection, long now, int most) throws SQLException {
        // A day more, so that what begins before that is over.
        return tables.expire(connection, now - kept.toMillis() - Resolution.DAY.millis(), most);
    }

    @Override
    public void forget() {
        tables.forget();
    }

    /** The numbers of an observation, each metric once; a crash is a number, too, in whatever stream it is told. */
    static Collection<Sample> samples(Observation observation) {
        boolean crash =
                observation.action().equals(CRASHED) && !observation.stream().startsWith("system.");
        if (!observation.stream().startsWith(TELEMETRY) && !crash
                || observation.occurredAt() > observation.recordedAt() + MOST_AHEAD_MILLIS) {
            return List.of();
        }
        Map<Series, Sample> samples = new LinkedHashMap<>();
        if (crash) {
            add(observation, CRASHES, "/action", new Json.Num("1"), samples);
            return samples.values();
        }
        observation.attributes().forEach((name, value) -> {
            if (value.json() instanceof Json.Num number) {
                add(observation, name, value.pointer(), number, samples);
            }
        });
        Observation.Value disks = observation.attributes().get(DISKS);
        for (Json.Obj disk : observation.objects(DISKS)) {
            if (disks != null && disk.members().get(MOUNT) instanceof Json.Text mount) {
                disk.members().forEach((name, value) -> {
                    if (name.startsWith(DISK) && value instanceof Json.Num number) {
                        add(observation, name + "[" + mount.value() + "]", disks.pointer(), number, samples);
                    }
                });
            }
        }
        return samples.values();
    }

    private static void add(
            Observation observation, String metric, String pointer, Json.Num number, Map<Series, Sample> samples) {
        double value = Double.parseDouble(number.literal());
        if (Math.abs(value) <= LARGEST && metric.length() <= MOST_NAME_CHARS) {
            Series series = new Series(observation.device(), metric, observation.stream(), pointer);
            samples.putIfAbsent(series, new Sample(series, observation.seq(), observation.occurredAt(), value));
        }
    }

    @Override
    public void describe(Meters meters) {
        meters.counter(
                "strongroom_health_samples_passed_over",
                "Samples of devices that have more series than they may, since the start.",
                tables.passedOver());
    }
}
