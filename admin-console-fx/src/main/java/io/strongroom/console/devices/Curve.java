package io.strongroom.console.devices;

import io.strongroom.api.telemetry.HealthSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How one measure went, as a chart draws it.
 *
 * @param metric its name
 * @param runs the points, as they follow one another without a gap
 */
record Curve(String metric, List<List<Point>> runs) {
    Curve {
        runs = List.copyOf(runs);
    }

    /** @param value the mean of the stretch of time that begins then */
    record Point(Instant at, double value, double min, double max) {}

    /** Where nothing was measured a line ends and another begins. */
    static Curve of(String metric, HealthSeries series) {
        Duration step =
                switch (series.resolution()) {
                    case "minute" -> Duration.ofMinutes(1);
                    case "hour" -> Duration.ofHours(1);
                    default -> Duration.ofDays(1);
                };
        // Devices measure once a minute or seldomer; two minutes without a point are no gap yet.
        Duration most = series.resolution().equals("minute")
                ? step.multipliedBy(3)
                : step.multipliedBy(3).dividedBy(2);
        List<List<Point>> runs = new ArrayList<>();
        Instant before = Instant.MIN;
        for (HealthSeries.Point point : series.points()) {
            Instant at = Instant.parse(point.at());
            if (runs.isEmpty() || Duration.between(before, at).compareTo(most) > 0) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(new Point(at, point.mean(), point.min(), point.max()));
            before = at;
        }
        return new Curve(metric, runs);
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    double least() {
        return points().mapToDouble(Point::min).min().orElse(0);
    }

    double most() {
        return points().mapToDouble(Point::max).max().orElse(0);
    }

    private java.util.stream.Stream<Point> points() {
        return runs.stream().flatMap(List::stream);
    }
}
