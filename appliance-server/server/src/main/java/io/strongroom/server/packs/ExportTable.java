package io.strongroom.server.packs;

import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportState;
import io.strongroom.api.Problem;
import io.strongroom.api.Role;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.TenantId;
import io.strongroom.policies.Caller;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.WrappingKeys;
import io.strongroom.server.packs.ExportJob.Ready;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The jobs' table. Each change of state says from which state, and tells whether it was that one. */
final class ExportTable {
    private static final String COLUMNS = "id, caller_id, caller_name, request, state, created_at, frozen, done, total,"
            + " spool, key_generation, wrapped_key, size, sha256, expires_at, problem";
    private static final String NO_SPOOL = "spool = NULL, key_generation = NULL, wrapped_key = NULL, size = NULL,"
            + " sha256 = NULL, expires_at = NULL";

    private static final String WHO = "who";

    private final Database database;
    private final TenantId tenant;

    ExportTable(Database database, TenantId tenant) {
        this.database = database;
        this.tenant = tenant;
    }

    void insert(ExportJob job) {
        update(
                "INSERT INTO export_job (tenant_id, id, caller_id, caller_name, request, state, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                tenant.value(),
                job.id(),
                job.reader(),
                job.readerName(),
                Json.object()
                        .putAll(job.request().toJson())
                        .put(WHO, who(job.who()))
                        .build()
                        .toString(),
                job.state().wire(),
                job.createdAt());
    }

    Optional<ExportJob> find(String id) {
        return select("WHERE id = ?", id).stream().findFirst();
    }

    /** The jobs in a state, the oldest first. */
    List<ExportJob> in(ExportState state) {
        return select("WHERE state = ? ORDER BY created_at, id", state.wire());
    }

    /**
     * A page, the newest first.
     *
     * @param caller whose; null for everybody's
     * @param before the id that the page before ended with; null for the first page
     */
    List<ExportJob> newest(@Nullable String caller, @Nullable String before, int limit) {
        List<String> where = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        if (caller != null) {
            where.add("caller_id = ?");
            values.add(caller);
        }
        if (before != null) {
            where.add("id < ?");
            values.add(before);
        }
        values.add(limit);
        return select(
                (where.isEmpty() ? "" : "WHERE " + String.join(" AND ", where)) + " ORDER BY id DESC LIMIT ?",
                values.toArray());
    }

    /** How many packs of one caller, or of all where it is null, wait or are being made. */
    int unfinished(@Nullable String caller) {
        return database.read(connection -> {
            try (PreparedStatement count =
                    connection.prepareStatement("SELECT count(*) FROM export_job WHERE state IN ('queued', 'running')"
                            + (caller == null ? "" : " AND caller_id = ?"))) {
                if (caller != null) {
                    count.setString(1, caller);
                }
                try (ResultSet row = count.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }

    /** The ready packs that expire at {@code now} or before. */
    List<ExportJob> expired(long now) {
        return select("WHERE state = 'ready' AND expires_at <= ?", now);
    }

    boolean move(String id, ExportState from, ExportState to) {
        return update(
                "UPDATE export_job SET state = ?, problem = NULL WHERE id = ? AND state = ?",
                to.wire(),
                id,
                from.wire());
    }

    /** At start: what was being made when the process ended is made again from the same inputs. */
    void requeueRunning() {
        update("UPDATE export_job SET state = 'queued', done = 0 WHERE state = 'running'");
    }

    boolean freeze(String id, FrozenInputs frozen) {
        return update(
                "UPDATE export_job SET frozen = ? WHERE id = ? AND state = 'running' AND frozen IS NULL",
                frozen.toJson(),
                id);
    }

    boolean ready(String id, long total, Ready ready) {
        return update(
                "UPDATE export_job SET state = 'ready', done = ?, total = ?, spool = ?, key_generation = ?,"
                        + " wrapped_key = ?, size = ?, sha256 = ?, expires_at = ? WHERE id = ? AND state = 'running'",
                total,
                total,
                ready.spool(),
                ready.key().generation(),
                ready.key().key(),
                ready.size(),
                ready.sha256().toString(),
                ready.expiresAt(),
                id);
    }

    boolean fail(String id, Problem problem) {
        return update(
                "UPDATE export_job SET state = 'failed', problem = ? WHERE id = ? AND state = 'running'",
                problem.toJson().toString(),
                id);
    }

    /** From any state that can still change, to cancelled. */
    boolean cancel(String id) {
        return update(
                "UPDATE export_job SET state = 'cancelled', " + NO_SPOOL
                        + " WHERE id = ? AND state IN ('queued', 'running', 'ready', 'expired')",
                id);
    }

    boolean expire(String id) {
        return update("UPDATE export_job SET state = 'expired', " + NO_SPOOL + " WHERE id = ? AND state = 'ready'", id);
    }

    private boolean update(String sql, Object... values) {
        return database.write(connection -> {
            try (PreparedStatement statement = prepare(connection, sql, values)) {
                return statement.executeUpdate() == 1;
            }
        });
    }

    private List<ExportJob> select(String where, Object... values) {
        return database.read(connection -> {
            try (PreparedStatement statement =
                            prepare(connection, "SELECT " + COLUMNS + " FROM export_job " + where, values);
                    ResultSet rows = statement.executeQuery()) {
                List<ExportJob> jobs = new ArrayList<>();
                while (rows.next()) {
                    jobs.add(job(rows));
                }
                return jobs;
            }
        });
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
        return statement;
    }

    private static ExportJob job(ResultSet row) throws SQLException {
        String frozen = row.getString("frozen");
        String problem = row.getString("problem");
        String spool = row.getString("spool");
        Json.Obj request = parse(row.getString("request"));
        return new ExportJob(
                row.getString("id"),
                row.getString("caller_id"),
                row.getString("caller_name"),
                who(row.getString("caller_id"), request),
                ExportRequest.fromJson(request.without(WHO)),
                ExportState.ofWire(row.getString("state")).orElseThrow(),
                row.getLong("created_at"),
                frozen == null ? null : FrozenInputs.fromJson(parse(frozen)),
                row.getLong("done"),
                row.getLong("total"),
                spool == null
                        ? null
                        : new Ready(
                                spool,
                                new WrappingKeys.Wrapped(row.getInt("key_generation"), row.getBytes("wrapped_key")),
                                row.getLong("size"),
                                Digest.parse(row.getString("sha256")),
                                row.getLong("expires_at")),
                problem == null ? null : Problem.fromJson(parse(problem)));
    }

    private static Json.Obj who(Caller who) {
        Json.Builder attributes = Json.object();
        who.attributes().forEach(attributes::put);
        return Json.object()
                .putTexts("roles", who.roles().stream().sorted().toList())
                .put("attributes", attributes.build())
                .build();
    }

    /** A job of before there were roles was a token's. */
    private static Caller who(String id, Json.Obj request) {
        if (!request.members().containsKey(WHO)) {
            return new Caller(id, Set.of(Role.EXPORT_OPERATOR.wire()), Map.of());
        }
        Json.Obj who = request.object(WHO);
        Map<String, String> attributes = new HashMap<>();
        Json.Obj stored = who.object("attributes");
        stored.members().keySet().forEach(name -> attributes.put(name, stored.text(name)));
        return new Caller(id, Set.copyOf(who.texts("roles")), attributes);
    }

    private static Json.Obj parse(String text) {
        return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }
}
