package io.strongroom.server.telemetry.incident.rule;

import io.strongroom.server.telemetry.Observation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An hour's mean that is far from what is usual on this device: so many times as far from the median of the last week's
 * hours as these usually are (median absolute deviation). It is over after an hour that is half as far. What stays becomes
 * usual within half a week.
 */
final class Outlier implements Rule {
    static final String NAME = "outlier";

    /** A week of hours; fewer than a day's say nothing. */
    static final int MOST_HOURS = 168;

    static final int LEAST_HOURS = 24;
    private static final double HOUR_MILLIS = 3_600_000;

    /** What is watched, with the least deviation that counts as usual: a machine that idles has almost none. */
    private static final Map<String, Double> WATCHED = Map.of(
            "system.cpu.utilization", 0.02,
            "system.memory.utilization", 0.02,
            "system.paging.utilization", 0.02,
            "system.cpu.load_average.15m", 0.25,
            "hw.temperature", 1.0,
            "network.latency", 0.005,
            "agent.queue.depth", 100.0);

    // Of a slot: when the hour began that is under way, its sum and count; then the means of the hours before it.
    private static final int BEGAN = 0;
    private static final int SUM = 1;
    private static final int COUNT = 2;
    private static final int HEAD = 3;

    private final int threshold;

    Outlier(int threshold) {
        this.threshold = threshold;
    }

    @Override
    public boolean reads(String stream, String action) {
        return Telemetry.isIn(stream);
    }

    @Override
    public void judge(Observation observation, Memory memory, List<Finding> found) {
        if (Telemetry.counts(observation)) {
            WATCHED.forEach((metric, least) -> observation
                    .number(metric)
                    .ifPresent(value -> take(metric, least, value, observation.occurredAt(), memory, found)));
        }
    }

    private void take(String metric, double least, double value, long at, Memory memory, List<Finding> found) {
        String slot = NAME + ":" + metric;
        double hour = Math.floor(at / HOUR_MILLIS) * HOUR_MILLIS;
        double @Nullable [] before = memory.get(slot);
        if (before == null) {
            memory.put(slot, hour, value, 1);
        } else if (hour == before[BEGAN]) {
            double[] now = before.clone();
            now[SUM] += value;
            now[COUNT]++;
            memory.put(slot, now);
        } else if (hour > before[BEGAN]) {
            double mean = before[SUM] / before[COUNT];
            double[] hours = Arrays.copyOfRange(before, HEAD, before.length);
            judge(metric, least, mean, hours, found);
            int drop = hours.length < MOST_HOURS ? 0 : 1;
            double[] now = new double[before.length - drop + 1];
            System.arraycopy(hours, drop, now, HEAD, hours.length - drop);
            now[BEGAN] = hour;
            now[SUM] = value;
            now[COUNT] = 1;
            now[now.length - 1] = mean;
            memory.put(slot, now);
        }
    }

    private void judge(String metric, double least, double mean, double[] hours, List<Finding> found) {
        if (hours.length < LEAST_HOURS) {
            return;
        }
        double median = RobustStatistics.median(hours);
        double deviation = Math.max(least, RobustStatistics.deviation(hours, median));
        double distance = Math.abs(mean - median) / deviation;
        if (distance >= threshold) {
            found.add(new Finding.Raised(
                    NAME,
                    metric,
                    Severity.S3,
                    Map.of(
                            "metric", metric,
                            "mean", Telemetry.rounded(mean),
                            "median", Telemetry.rounded(median),
                            "deviation", Telemetry.rounded(deviation))));
        } else if (distance < threshold / 2.0) {
            found.add(new Finding.Cleared(NAME, metric));
        }
    }
}
