package io.strongroom.server.telemetry;

import io.strongroom.server.database.Database.Engine;
import io.strongroom.server.database.Sql;
import io.strongroom.server.telemetry.ObservationBatch.Unreadable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Where the follower is, and what it could not read. Each method runs in a transaction of its caller's, as the owner. */
final class FollowerTable {
    /** Of the records that nothing could be made of, so many are listed: the newest. All are counted. */
    static final int MOST_LISTED = 1_000;

    private final Engine engine;
    private final String tenant;

    FollowerTable(Engine engine, String tenant) {
        this.engine = engine;
        this.tenant = tenant;
    }

    FollowerState state(Connection connection) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT next_seq, generation, rebuild_until, unreadable, views FROM telemetry_state"
                                + " WHERE tenant_id = ?",
                        row -> new FollowerState(
                                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getString(5)),
                        tenant)
                .orElseThrow(() -> new SQLException("telemetry_state has no row for the tenant " + tenant));
    }

    /**
     * Moves the cursor over a batch, if it still stands where the batch begins.
     *
     * @return false if somebody else has moved it: nothing may be kept of the transaction
     */
    boolean move(Connection connection, FollowerState state, ObservationBatch batch) throws SQLException {
        if (engine == Engine.POSTGRESQL) {
            // A lost commit is made up for by taking the observations again, so it need not wait for the disk.
            execute(connection, "SET LOCAL synchronous_commit = off");
        }
        int moved = Sql.update(
                connection,
                "UPDATE telemetry_state SET next_seq = ?, unreadable = unreadable + ?"
                        + " WHERE tenant_id = ? AND next_seq = ? AND generation = ?",
                batch.end(),
                batch.unreadable().size(),
                tenant,
                batch.from(),
                state.generation());
        return moved == 1;
    }

    void list(Connection connection, List<Unreadable> unreadable) throws SQLException {
        for (Unreadable each : unreadable) {
            Sql.update(
                    connection,
                    "INSERT INTO telemetry_unreadable (seq, reason, tenant_id) VALUES (?, ?, ?)",
                    each.seq(),
                    each.reason(),
                    tenant);
        }
        if (!unreadable.isEmpty()) {
            Sql.update(
                    connection,
                    "DELETE FROM telemetry_unreadable WHERE seq NOT IN"
                            + " (SELECT seq FROM telemetry_unreadable ORDER BY seq DESC LIMIT " + MOST_LISTED + ")");
        }
    }

    /** The newest records of which nothing could be made, the newest first. */
    static List<Unreadable> listed(Connection connection) throws SQLException {
        return Sql.all(
                connection,
                "SELECT seq, reason FROM telemetry_unreadable ORDER BY seq DESC",
                row -> new Unreadable(row.getLong(1), row.getString(2)));
    }

    /** Empties the tables of the views, which are to be filled again at least up to {@code until}. */
    void clear(Connection connection, List<View> views, String names, long until) throws SQLException {
        for (View view : views) {
            for (String table : view.tables()) {
                // Not TRUNCATE on H2, which would commit here.
                execute(connection, (engine == Engine.H2 ? "DELETE FROM " : "TRUNCATE ") + table);
            }
        }
        execute(connection, "DELETE FROM telemetry_unreadable");
        Sql.update(
                connection,
                "UPDATE telemetry_state SET next_seq = 0, generation = generation + 1, rebuild_until = ?,"
                        + " unreadable = 0, views = ? WHERE tenant_id = ?",
                until,
                names,
                tenant);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
