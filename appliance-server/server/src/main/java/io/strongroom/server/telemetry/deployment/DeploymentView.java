package io.strongroom.server.telemetry.deployment;

import io.strongroom.server.database.Columns;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.telemetry.Expiry;
import io.strongroom.server.telemetry.Observation;
import io.strongroom.server.telemetry.View;
import io.strongroom.server.telemetry.deployment.Deployment.State;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps deployment jobs. Two statements for any number of observations. */
@Singleton
final class DeploymentView implements View {
    static final String COLUMNS = "device, job, product, stream, pointer, state, started_at, last_at, last_seq";
    private static final String[] TYPES = {
        "text", "text", "text", "text", "text", "text", "bigint", "bigint", "bigint", "text"
    };
    private static final String STORE = "MERGE INTO deployment AS d USING (SELECT * FROM "
            + Columns.unnest(TYPES) + " AS u(" + COLUMNS + ", tenant_id)) AS n"
            + " ON d.device = n.device AND d.job = n.job"
            + " WHEN MATCHED THEN UPDATE SET product = n.product, stream = n.stream, pointer = n.pointer,"
            + " state = n.state, started_at = n.started_at, last_at = n.last_at, last_seq = n.last_seq"
            + " WHEN NOT MATCHED THEN INSERT (" + COLUMNS + ", tenant_id) VALUES (n.device, n.job, n.product, n.stream,"
            + " n.pointer, n.state, n.started_at, n.last_at, n.last_seq, n.tenant_id)";

    private static final int MOST_DAYS = 36_500;

    private final String tenant;
    private final Duration kept;

    DeploymentView(Installation installation, Settings settings) {
        this.tenant = installation.tenant().value();
        this.kept = Duration.ofDays(settings.number(Setting.TELEMETRY_INVENTORY_DAYS, 1, MOST_DAYS));
    }

    private record Key(String device, String job) {}

    @Override
    public String name() {
        return "deployments 1";
    }

    @Override
    public List<String> tables() {
        return List.of("deployment");
    }

    @Override
    public boolean reads(String stream, String action) {
        return action.startsWith("Deployment.");
    }

    @Override
    public void take(Connection connection, List<Observation> observations) throws SQLException {
        Map<Key, Deployment> told = new LinkedHashMap<>();
        for (Observation each : observations) {
            Deployment.of(each).ifPresent(one -> told.merge(new Key(one.device(), one.job()), one, Deployment::and));
        }
        if (told.isEmpty()) {
            return;
        }
        for (Deployment known : known(connection, told.keySet())) {
            told.computeIfPresent(new Key(known.device(), known.job()), (key, one) -> known.and(one));
        }
        Columns rows = new Columns(TYPES);
        told.values()
                .forEach(each -> rows.row(
                        each.device(),
                        each.job(),
                        each.product(),
                        each.stream(),
                        each.pointer(),
                        each.state().name(),
                        each.startedAt(),
                        each.lastAt(),
                        each.lastSeq(),
                        tenant));
        rows.update(connection, STORE);
    }

    @Override
    public boolean expire(Connection connection, long now, int most) throws SQLException {
        return Expiry.delete(connection, "deployment", "last_at", now - kept.toMillis(), most);
    }

    private static List<Deployment> known(Connection connection, Iterable<Key> keys) throws SQLException {
        Columns asked = new Columns("text", "text");
        keys.forEach(key -> asked.row(key.device(), key.job()));
        List<Deployment> known = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT d.* FROM " + Columns.unnest("text", "text")
                + " AS u(device, job) JOIN deployment d ON d.device = u.device AND d.job = u.job")) {
            asked.bind(connection, query);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    known.add(deployment(row));
                }
            }
        }
        return known;
    }

    /** The job of a row that has {@link #COLUMNS}. */
    static Deployment deployment(ResultSet row) throws SQLException {
        long started = row.getLong("started_at");
        @Nullable Long startedAt = row.wasNull() ? null : Long.valueOf(started);
        return new Deployment(
                row.getString("device"),
                row.getString("job"),
                row.getString("product"),
                row.getString("stream"),
                row.getString("pointer"),
                State.valueOf(row.getString("state")),
                startedAt,
                row.getLong("last_at"),
                row.getLong("last_seq"));
    }
}
