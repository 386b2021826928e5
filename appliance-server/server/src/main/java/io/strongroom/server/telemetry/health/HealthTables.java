package io.strongroom.server.telemetry.health;

import io.strongroom.server.database.Columns;
import io.strongroom.server.database.Sql;
import io.strongroom.server.telemetry.Expiry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes rollups, two statements for any number of samples. The samples themselves are the records in the ledger. Each method runs in a transaction of its
 * caller's, as the owner. For one thread, but for the count.
 */
final class HealthTables {
    /** A device may have no more series than that; what comes above is passed over, and counted. */
    static final int MOST_SERIES = 256;

    private static final int MOST_KNOWN = 200_000;
    static final List<String> TABLES = List.of("health_rollup", "health_series");

    private static final String[] SERIES = {
        "bigint", "text", "text", "text", "text", "text", "bigint", "bigint", "double precision"
    };
    private static final String STORE_SERIES = "MERGE INTO health_series AS s USING (SELECT * FROM "
            + Columns.unnest(SERIES)
            + " AS u(id, tenant_id, device, metric, stream, pointer, last_at, last_seq, last_value)) AS n ON s.id = n.id"
            + " WHEN MATCHED AND (n.last_at > s.last_at OR n.last_at = s.last_at AND n.last_seq > s.last_seq) THEN"
            + " UPDATE SET last_at = n.last_at, last_seq = n.last_seq, last_value = n.last_value"
            + " WHEN NOT MATCHED THEN INSERT (id, tenant_id, device, metric, stream, pointer, last_at, last_seq, last_value)"
            + " VALUES (n.id, n.tenant_id, n.device, n.metric, n.stream, n.pointer, n.last_at, n.last_seq, n.last_value)";

    private static final String[] ROLLUPS = {
        "bigint",
        "integer",
        "bigint",
        "bigint",
        "double precision",
        "double precision",
        "double precision",
        "double precision",
        "bigint",
        "bigint",
        "text"
    };
    private static final String ROLLUP_COLUMNS =
            "series, resolution, at, samples, least_value, most_value, total, last_value, last_at, last_seq, tenant_id";
    private static final String IS_LATER =
            "CASE WHEN n.last_at > r.last_at OR n.last_at = r.last_at AND n.last_seq > r.last_seq THEN n.";
    private static final String STORE_ROLLUPS = "MERGE INTO health_rollup AS r USING (SELECT * FROM "
            + Columns.unnest(ROLLUPS) + " AS u(" + ROLLUP_COLUMNS + ")) AS n"
            + " ON r.series = n.series AND r.resolution = n.resolution AND r.at = n.at"
            + " WHEN MATCHED THEN UPDATE SET samples = r.samples + n.samples, total = r.total + n.total,"
            + " least_value = least(r.least_value, n.least_value), most_value = greatest(r.most_value, n.most_value),"
            + " last_value = " + IS_LATER + "last_value ELSE r.last_value END,"
            + " last_at = " + IS_LATER + "last_at ELSE r.last_at END,"
            + " last_seq = " + IS_LATER + "last_seq ELSE r.last_seq END"
            + " WHEN NOT MATCHED THEN INSERT (" + ROLLUP_COLUMNS + ") VALUES (n.series, n.resolution, n.at, n.samples,"
            + " n.least_value, n.most_value, n.total, n.last_value, n.last_at, n.last_seq, n.tenant_id)";

    private final String tenant;

    // Series that are in the table; forgotten as a whole when there are more, when series were deleted, or a
    // transaction fails.
    private final Set<Series> known = new HashSet<>();
    private final LongAdder passedOver = new LongAdder();

    HealthTables(String tenant) {
        this.tenant = tenant;
    }

    /** Joins samples, given in the order of their {@code seq}, to what is there. */
    void store(Connection connection, Collection<Sample> samples) throws SQLException {
        List<Sample> admitted = admitted(connection, samples);
        if (admitted.isEmpty()) {
            return;
        }
        HealthBatch batch = new HealthBatch(admitted);
        Columns series = new Columns(SERIES);
        batch.newest()
                .forEach((key, newest) -> series.row(
                        key.id(),
                        tenant,
                        key.device(),
                        key.metric(),
                        key.stream(),
                        key.pointer(),
                        newest.lastAt(),
                        newest.lastSeq(),
                        newest.last()));
        series.update(connection, STORE_SERIES);
        Columns rollups = new Columns(ROLLUPS);
        batch.rollups()
                .forEach((place, rollup) -> rollups.row(
                        place.series().id(),
                        place.resolution().code(),
                        place.start(),
                        rollup.samples(),
                        rollup.least(),
                        rollup.most(),
                        rollup.total(),
                        rollup.last(),
                        rollup.lastAt(),
                        rollup.lastSeq(),
                        tenant));
        rollups.update(connection, STORE_ROLLUPS);
    }

    /** How many samples were passed over since the start, because their device has too many series. */
    long passedOver() {
        return passedOver.sum();
    }

    private List<Sample> admitted(Connection connection, Collection<Sample> samples) throws SQLException {
        Map<String, Set<Series>> fresh = new HashMap<>();
        for (Sample sample : samples) {
            if (!known.contains(sample.series())) {
                fresh.computeIfAbsent(sample.series().device(), device -> new HashSet<>());
            }
        }
        if (!fresh.isEmpty()) {
            lookUp(connection, fresh);
        }
        List<Sample> admitted = new ArrayList<>();
        for (Sample sample : samples) {
            Set<Series> ofDevice = fresh.get(sample.series().device());
            if (ofDevice == null || ofDevice.contains(sample.series()) || ofDevice.size() < MOST_SERIES) {
                admitted.add(sample);
                if (ofDevice != null) {
                    ofDevice.add(sample.series());
                }
            } else {
                passedOver.increment();
            }
        }
        return admitted;
    }

    /** Fills in which series the devices have. */
    private void lookUp(Connection connection, Map<String, Set<Series>> devices) throws SQLException {
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        Columns asked = new Columns("text");
        devices.keySet().forEach(asked::row);
        try (PreparedStatement query =
                connection.prepareStatement("SELECT s.device, s.metric, s.stream, s.pointer FROM "
                        + Columns.unnest("text") + " AS u(device) JOIN health_series s ON s.device = u.device")) {
            asked.bind(connection, query);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Series series = new Series(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
                    devices.computeIfAbsent(series.device(), device -> new HashSet<>())
                            .add(series);
                    known.add(series);
                }
            }
        }
    }

    /** Forgets what it remembers of the tables. */
    void forget() {
        known.clear();
    }

    /**
     * Deletes the rollups that begin before {@code before}, epoch milliseconds.
     *
     * @param most about how many
     * @return whether there may be more
     */
    boolean expire(Connection connection, long before, int most) throws SQLException {
        boolean more = Expiry.delete(connection, "health_rollup", "at", before, most);
        if (!more) {
            known.clear();
            Sql.update(connection, "DELETE FROM health_series WHERE last_at < ?", before);
        }
        return more;
    }
}
