package io.strongroom.server.telemetry.score;

import io.strongroom.server.telemetry.health.HealthSeries;
import io.strongroom.server.telemetry.health.HealthSeries.Newest;
import io.strongroom.server.telemetry.health.HealthSeries.Point;
import io.strongroom.server.telemetry.health.Resolution;
import io.strongroom.server.telemetry.health.Rollup;
import io.strongroom.server.telemetry.health.Series;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads what scores are made of: what a device told in the last day, as far as its reader may see it. */
final class Inputs {
    private static final long DAY = Duration.ofDays(1).toMillis();

    private Inputs() {}

    /**
     * Reads them in a transaction of its caller's.
     *
     * @param now epoch milliseconds
     * @param shown whether the reader may see a series
     */
    static Score read(Connection connection, String device, long now, Predicate<Series> shown) throws SQLException {
        List<Newest> all = HealthSeries.newest(connection, device);
        Map<Component, Double> known = new EnumMap<>(Component.class);
        Set<Component> hidden = EnumSet.noneOf(Component.class);
        for (Component component : Component.values()) {
            List<Newest> of = all.stream()
                    .filter(each -> isOf(each.series().metric(), component.metric()))
                    .filter(each -> each.at() > now - DAY)
                    .toList();
            List<Newest> seen =
                    of.stream().filter(each -> shown.test(each.series())).toList();
            if (!seen.isEmpty()) {
                known.put(component, value(connection, component, seen, now));
            } else if (!of.isEmpty()) {
                hidden.add(component);
            }
        }
        return Score.of(known, hidden);
    }

    private static boolean isOf(String metric, String component) {
        return metric.equals(component) || metric.startsWith(component + "[");
    }

    private static double value(Connection connection, Component component, List<Newest> seen, long now)
            throws SQLException {
        if (component.measure() == Component.Measure.FULLEST) {
            return seen.stream().mapToDouble(Newest::value).max().orElseThrow();
        }
        List<Series> series = seen.stream().map(Newest::series).toList();
        Optional<Rollup> day =
                HealthSeries.points(connection, series, Resolution.HOUR, now - DAY, Long.MAX_VALUE).stream()
                        .map(Point::rollup)
                        .reduce(Rollup::and);
        // The newest is of the last day, and so in the last hours, unless its rollup began just before.
        return component.measure() == Component.Measure.MEAN
                ? day.map(Rollup::mean).orElseGet(() -> seen.getFirst().value())
                : day.map(Rollup::total).orElseGet(() -> seen.getFirst().value());
    }
}
