package io.strongroom.server.telemetry.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.telemetry.health.HealthSeries.Newest;
import io.strongroom.server.telemetry.health.HealthSeries.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is promised of health series, on either database. */
abstract class HealthContract {
    private static final long DAY = Resolution.DAY.start(1_790_000_000_000L);
    private static final long HOUR = Resolution.HOUR.millis();
    private static final long MINUTE = Resolution.MINUTE.millis();
    private static final Series CPU = new Series(
            "dev-1", "system.cpu.utilization", "telemetry.health", "/attributes/measures/system.cpu.utilization");
    private static final Series PLAIN =
            new Series("dev-1", "system.cpu.utilization", "telemetry.health", "/attributes/hardware/cpu");

    private JdbcDatabase database;
    private final HealthTables tables = new HealthTables(TestDatabases.TENANT.value());

    abstract JdbcDatabase open();

    @BeforeEach
    void openDatabase() {
        database = open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void store(List<Sample> samples) {
        database.owner(connection -> {
            tables.store(connection, samples);
            return "";
        });
    }

    private List<Point> points(Resolution resolution, long from, long to) {
        return database.read(connection -> HealthSeries.points(connection, List.of(CPU, PLAIN), resolution, from, to));
    }

    private static Sample cpu(long seq, long at, double value) {
        return new Sample(CPU, seq, at, value);
    }

    private static Series other(String metric) {
        return new Series("dev-2", metric, "telemetry.health", "/attributes/" + metric);
    }

    @Test
    void oneMeasureFromTwoPlacesIsOneToWhoeverMaySeeBoth() {
        store(List.of(cpu(1, DAY, 10), new Sample(PLAIN, 2, DAY + 1, 30)));
        assertThat(points(Resolution.HOUR, DAY, DAY + 1).getFirst().rollup())
                .isEqualTo(new Rollup(2, 10, 30, 40, 30, DAY + 1, 2));
        assertThat(database.<List<Point>>read(
                        connection -> HealthSeries.points(connection, List.of(CPU), Resolution.HOUR, DAY, DAY + 1)))
                .extracting(point -> point.rollup().samples())
                .containsExactly(1L);
    }

    @Test
    void rollupsAreTheSameWhateverTheOrderAndTheBatches() {
        Random random = new Random(11);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            samples.add(cpu(i, DAY + random.nextLong(3 * Resolution.DAY.millis()) / 500 * 500, random.nextInt(100)));
        }
        Collections.shuffle(samples, random);
        for (int from = 0; from < samples.size(); ) {
            int to = Math.min(samples.size(), from + 1 + random.nextInt(60));
            store(samples.subList(from, to));
            from = to;
        }
        for (Resolution resolution : Resolution.values()) {
            List<Point> points = points(resolution, DAY, DAY + 3 * Resolution.DAY.millis());
            assertThat(points.stream()
                            .mapToLong(point -> point.rollup().samples())
                            .sum())
                    .isEqualTo(400);
            for (Point point : points) {
                RollupProperties.assertEqualsNaive(
                        point.rollup(),
                        samples.stream()
                                .filter(sample -> resolution.start(sample.at()) == point.start())
                                .toList());
            }
        }
    }

    @Test
    void whatComesADayLatePutsRightWhatIsThere() {
        store(List.of(cpu(1, DAY, 10), cpu(2, DAY + HOUR, 20)));
        store(List.of(cpu(3, DAY + 30 * HOUR, 90)));
        store(List.of(cpu(4, DAY + MINUTE, 40), cpu(5, DAY + HOUR + MINUTE / 2, 60)));
        List<Point> hours = points(Resolution.HOUR, DAY, DAY + 2 * HOUR);
        assertThat(hours).extracting(Point::start).containsExactly(DAY, DAY + HOUR);
        assertThat(hours).extracting(point -> point.rollup().mean()).containsExactly(25.0, 40.0);
        assertThat(hours).extracting(point -> point.rollup().last()).containsExactly(40.0, 60.0);
        assertThat(database.<List<Newest>>read(connection -> HealthSeries.newest(connection, "dev-1")))
                .containsExactly(new Newest(CPU, DAY + 30 * HOUR, 3, 90));
    }

    @Test
    void ofTwoSamplesOfOneTimeTheLaterRecordIsTheLast() {
        store(List.of(cpu(7, DAY, 1), cpu(8, DAY, 2)));
        store(List.of(cpu(6, DAY, 3)));
        assertThat(points(Resolution.MINUTE, DAY, DAY + 1).getFirst().rollup())
                .isEqualTo(new Rollup(3, 1, 3, 6, 2, DAY, 8));
    }

    @Test
    void aDeviceThatNamesMoreMetricsThanItMayLosesThoseAlone() {
        List<Sample> many = new ArrayList<>();
        for (int i = 0; i < HealthTables.MOST_SERIES + 3; i++) {
            many.add(new Sample(other("m" + i), 1, DAY, i));
        }
        store(many.subList(0, 100));
        store(many.subList(100, many.size()));
        store(List.of(cpu(2, DAY, 5), new Sample(other("m0"), 2, DAY + 1, 7), new Sample(other("other"), 2, DAY, 7)));
        List<Newest> kept = database.read(connection -> HealthSeries.newest(connection, "dev-2"));
        assertThat(kept).hasSize(HealthTables.MOST_SERIES).contains(new Newest(other("m0"), DAY + 1, 2, 7));
        assertThat(points(Resolution.DAY, DAY, DAY + 1)).hasSize(1);
        assertThat(tables.passedOver()).isEqualTo(4);
    }

    @Test
    void whatIsOldGoesABoundedPieceAtATime() {
        store(List.of(cpu(1, DAY - 1, 1), cpu(2, DAY + HOUR, 2), cpu(3, DAY + HOUR + MINUTE, 3)));
        store(List.of(new Sample(other("m"), 4, DAY - 5, 4)));
        long before = DAY + HOUR + MINUTE / 2;
        assertThat(expire(before, 1)).as("one at a time").isTrue();
        boolean more = true;
        while (more) {
            more = expire(before, 1);
        }
        assertThat(points(Resolution.DAY, 0, Long.MAX_VALUE)).isEmpty();
        assertThat(points(Resolution.MINUTE, 0, Long.MAX_VALUE))
                .extracting(Point::start)
                .containsExactly(DAY + HOUR + MINUTE);
        assertThat(database.<List<Newest>>read(connection -> HealthSeries.newest(connection, "dev-2")))
                .isEmpty();
        assertThat(database.<List<Newest>>read(connection -> HealthSeries.newest(connection, "dev-1")))
                .hasSize(1);
    }

    private boolean expire(long before, int most) {
        return database.owner(connection -> tables.expire(connection, before, most));
    }

    @Test
    void nothingIsLeftOfATransactionThatFailed() {
        try {
            database.owner(connection -> {
                tables.store(connection, List.of(cpu(1, DAY, 1)));
                throw new IllegalStateException("killed here");
            });
        } catch (IllegalStateException expected) {
            assertThat(points(Resolution.DAY, DAY, DAY + 1)).isEmpty();
        }
        tables.forget();
        store(List.of(cpu(1, DAY, 1)));
        assertThat(points(Resolution.DAY, DAY, DAY + 1)).hasSize(1);
    }
}
