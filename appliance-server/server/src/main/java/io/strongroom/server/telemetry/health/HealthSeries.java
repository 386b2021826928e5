package io.strongroom.server.telemetry.health;

import io.strongroom.server.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads series, for whoever asks and for the score. Each method runs in a transaction of its caller's. */
public final class HealthSeries {
    private static final String ROLLUP =
            "samples, least_value, most_value, total, last_value, last_at, last_seq, at FROM health_rollup";

    private HealthSeries() {}

    /**
     * A stretch of a series.
     *
     * @param start epoch milliseconds
     */
    public record Point(long start, Rollup rollup) {}

    /**
     * What a device measured last.
     *
     * @param at epoch milliseconds
     * @param seq of the record that says so
     */
    public record Newest(Series series, long at, long seq, double value) {}

    /** All series of a device, by metric. There are at most {@value HealthTables#MOST_SERIES}. */
    public static List<Newest> newest(Connection connection, String device) throws SQLException {
        return Sql.all(
                connection,
                "SELECT metric, stream, pointer, last_at, last_seq, last_value FROM health_series WHERE device = ?"
                        + " ORDER BY metric, stream, pointer",
                row -> new Newest(
                        new Series(device, row.getString(1), row.getString(2), row.getString(3)),
                        row.getLong(4),
                        row.getLong(5),
                        row.getDouble(6)),
                device);
    }

    /** What the series come to together by the rollups that begin in [{@code from}, {@code to}), epoch milliseconds, by time. */
    public static List<Point> points(
            Connection connection, Collection<Series> series, Resolution resolution, long from, long to)
            throws SQLException {
        Map<Long, Rollup> points = new TreeMap<>();
        for (Series each : series) {
            Sql.all(
                            connection,
                            "SELECT " + ROLLUP
                                    + " WHERE series = ? AND resolution = ? AND at >= ? AND at < ? ORDER BY at",
                            HealthSeries::point,
                            each.id(),
                            resolution.code(),
                            from,
                            to)
                    .forEach(point -> points.merge(point.start(), point.rollup(), Rollup::and));
        }
        return points.entrySet().stream()
                .map(point -> new Point(point.getKey(), point.getValue()))
                .toList();
    }

    private static Point point(ResultSet row) throws SQLException {
        return new Point(
                row.getLong(8),
                new Rollup(
                        row.getLong(1),
                        row.getDouble(2),
                        row.getDouble(3),
                        row.getDouble(4),
                        row.getDouble(5),
                        row.getLong(6),
                        row.getLong(7)));
    }
}
