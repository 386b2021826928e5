package io.strongroom.server.telemetry.deployment;

import io.strongroom.server.database.Sql;
import io.strongroom.server.telemetry.deployment.Deployment.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for deployment jobs. Each method runs in a transaction of its caller's. */
final class Deployments {
    private Deployments() {}

    /** What is asked for; empty for any. */
    record Filter(Optional<String> device, Optional<String> job, Optional<String> product, Optional<State> state) {}

    /** Those first that were told of last, by records before {@code seq}. */
    static List<Deployment> before(Connection connection, Filter filter, long seq, int most) throws SQLException {
        Map<String, Optional<String>> only = new LinkedHashMap<>();
        only.put("device", filter.device());
        only.put("job", filter.job());
        only.put("product", filter.product());
        only.put("state", filter.state().map(State::name));
        StringBuilder sql =
                new StringBuilder("SELECT " + DeploymentView.COLUMNS + " FROM deployment WHERE last_seq < ?");
        List<Object> values = new ArrayList<>(List.of(seq));
        only.forEach((column, value) -> value.ifPresent(wanted -> {
            sql.append(" AND ").append(column).append(" = ?");
            values.add(wanted);
        }));
        sql.append(" ORDER BY last_seq DESC LIMIT ").append(most);
        return Sql.all(connection, sql.toString(), DeploymentView::deployment, values.toArray());
    }

    /** How many jobs there are in each state whose last news are of [{@code from}, {@code to}), by its name. */
    static Map<String, Long> counts(Connection connection, long from, long to) throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (State state : State.values()) {
            counts.put(state.text(), 0L);
        }
        Sql.all(
                        connection,
                        "SELECT state, COUNT(*) FROM deployment WHERE last_at >= ? AND last_at < ? GROUP BY state",
                        row -> Map.entry(State.valueOf(row.getString(1)).text(), row.getLong(2)),
                        from,
                        to)
                .forEach(each -> counts.put(each.getKey(), each.getValue()));
        return counts;
    }
}
