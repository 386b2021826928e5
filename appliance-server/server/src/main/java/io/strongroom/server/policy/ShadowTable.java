package io.strongroom.server.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.policy.ShadowRun.End;
import io.strongroom.server.policy.ShadowRun.State;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The shadow evaluations. That only one runs is for the database to say: {@code running} is unique, and null at the end. */
final class ShadowTable {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String SELECT = "SELECT id, proposal, requester, days, rate, base_bundle, base_commit, bundle,"
            + " git_commit, started_at, state, ended_at, done, total, reason, report, summary FROM policy_shadow"
            + " WHERE proposal = ? ";
    private static final String NEWEST = "ORDER BY id DESC FETCH FIRST 1 ROWS ONLY";

    private final Database database;
    private final String tenant;

    ShadowTable(Database database, TenantId tenant) {
        this.database = database;
        this.tenant = tenant.value();
    }

    /** Begins a run. @return whether there was none before it that still runs */
    boolean begin(ShadowRun run) {
        try {
            database.durable(connection -> {
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO policy_shadow (tenant_id, id,"
                        + " proposal, requester, days, rate, base_bundle, base_commit, bundle, git_commit, started_at,"
                        + " state, running) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', 1)")) {
                    insert.setString(1, tenant);
                    insert.setString(2, run.id());
                    insert.setString(3, run.proposal());
                    insert.setString(4, run.requester());
                    insert.setInt(5, run.days());
                    insert.setInt(6, run.rate());
                    insert.setBytes(7, run.base().bytes());
                    insert.setString(8, run.baseCommit());
                    insert.setBytes(9, run.bundle().bytes());
                    insert.setString(10, run.commit().hex());
                    insert.setLong(11, run.startedAt());
                    return insert.executeUpdate();
                }
            });
            return true;
        } catch (DatabaseException e) {
            if (e.sqlState().equals(UNIQUE_VIOLATION)) {
                return false;
            }
            throw e;
        }
    }

    /** Ends a run that still runs. @return whether it did */
    boolean end(String id, End end) {
        return database.durable(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE policy_shadow SET state = ?, ended_at = ?,"
                            + " done = ?, total = ?, reason = ?, report = ?, summary = ?, running = NULL"
                            + " WHERE id = ? AND state = 'running'")) {
                Digest report = end.report();
                update.setString(1, end.state().wire());
                update.setLong(2, end.at());
                update.setLong(3, end.done());
                update.setLong(4, end.total());
                update.setString(5, end.reason());
                update.setBytes(6, report == null ? null : report.bytes());
                update.setString(7, end.summary().toString());
                update.setString(8, id);
                return update.executeUpdate() == 1;
            }
        });
    }

    /** The one that runs, whose process may be gone; empty if there is none. */
    Optional<String> running() {
        return database.read(connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("SELECT id FROM policy_shadow WHERE running = 1");
                    ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        });
    }

    /** The last that was asked for. */
    Optional<ShadowRun> newest(String proposal) {
        return find(proposal, NEWEST);
    }

    /** The last that has a report. */
    Optional<ShadowRun> newestCompleted(String proposal) {
        return find(proposal, "AND state = 'completed' " + NEWEST);
    }

    private Optional<ShadowRun> find(String proposal, String which) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT + which)) {
                select.setString(1, proposal);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(run(row)) : Optional.empty();
                }
            }
        });
    }

    private static ShadowRun run(ResultSet row) throws SQLException {
        return new ShadowRun(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getInt(5),
                Digest.ofBytes(row.getBytes(6)),
                row.getString(7),
                Digest.ofBytes(row.getBytes(8)),
                new GitCommit(row.getString(9)),
                row.getLong(10),
                end(row));
    }

    private static @Nullable End end(ResultSet row) throws SQLException {
        State state = State.ofWire(row.getString(11));
        if (state == State.RUNNING) {
            return null;
        }
        byte[] report = row.getBytes(16);
        return new End(
                state,
                row.getLong(12),
                row.getLong(13),
                row.getLong(14),
                row.getString(15),
                report == null ? null : Digest.ofBytes(report),
                Json.parseObject(row.getString(17).getBytes(UTF_8)));
    }
}
