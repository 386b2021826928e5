package io.strongroom.server.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * One statement of a query, as it would be run.
 *
 * @param purpose what it is for
 * @param sql its text
 * @param parameters what stands for each question mark, by name
 * @param explain the database's own account, a line each
 */
public record PlanStatement(String purpose, String sql, List<String> parameters, List<String> explain) {
    public PlanStatement {
        parameters = List.copyOf(parameters);
        explain = List.copyOf(explain);
    }

    /** Sets a statement's parameters. */
    @FunctionalInterface
    interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    static PlanStatement explain(
            Connection connection, String purpose, String sql, List<String> parameters, Binding binding)
            throws SQLException {
        List<String> lines = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql)) {
            binding.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    lines.addAll(row.getString(1).lines().toList());
                }
            }
        }
        return new PlanStatement(purpose, sql, parameters, lines);
    }
}
