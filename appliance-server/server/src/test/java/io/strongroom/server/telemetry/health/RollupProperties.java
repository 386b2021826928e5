package io.strongroom.server.telemetry.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strongroom.server.telemetry.health.HealthBatch.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What samples come to does not depend on how and when they come. */
class RollupProperties {
    private static final Comparator<Sample> NEWEST =
            Comparator.comparingLong(Sample::at).thenComparingLong(Sample::seq);

    @Property(tries = 200)
    void rollupsEqualTheNaiveCalculationWhateverTheOrderAndTheBatches(
            @ForAll @Size(min = 1, max = 60) List<@LongRange(min = -200_000_000, max = 200_000_000) Long> times,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double scale,
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 10) int batchSize) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            samples.add(new Sample(
                    new Series("dev-1", "m" + i % 2, "telemetry.health", "/x"),
                    i,
                    times.get(i),
                    scale * random.nextDouble()));
        }
        Collections.shuffle(samples, random);
        Map<Place, Rollup> joined = new HashMap<>();
        for (int from = 0; from < samples.size(); from += batchSize) {
            List<Sample> batch = samples.subList(from, Math.min(from + batchSize, samples.size()));
            new HealthBatch(batch).rollups().forEach((place, rollup) -> joined.merge(place, rollup, Rollup::and));
        }
        for (Resolution resolution : Resolution.values()) {
            for (Sample each : samples) {
                long start = Math.floorDiv(each.at(), resolution.millis()) * resolution.millis();
                List<Sample> same = samples.stream()
                        .filter(sample -> sample.series().equals(each.series()))
                        .filter(sample -> sample.at() >= start && sample.at() < start + resolution.millis())
                        .toList();
                Rollup rollup = joined.remove(new Place(each.series(), resolution, start));
                if (rollup != null) {
                    assertEqualsNaive(rollup, same);
                }
            }
        }
        assertThat(joined).as("rollups of nothing").isEmpty();
    }

    static void assertEqualsNaive(Rollup rollup, List<Sample> samples) {
        Sample newest = samples.stream().max(NEWEST).orElseThrow();
        double total = samples.stream().mapToDouble(Sample::value).sum();
        double size =
                samples.stream().mapToDouble(sample -> Math.abs(sample.value())).sum();
        assertThat(rollup.samples()).isEqualTo(samples.size());
        assertThat(rollup.least())
                .isEqualTo(samples.stream().mapToDouble(Sample::value).min().orElseThrow());
        assertThat(rollup.most())
                .isEqualTo(samples.stream().mapToDouble(Sample::value).max().orElseThrow());
        assertThat(rollup.total()).isCloseTo(total, within(1e-12 * size + Double.MIN_NORMAL));
        assertThat(rollup.mean()).isCloseTo(total / samples.size(), within(1e-12 * size + Double.MIN_NORMAL));
        assertThat(rollup.last()).isEqualTo(newest.value());
        assertThat(rollup.lastAt()).isEqualTo(newest.at());
    }
}
