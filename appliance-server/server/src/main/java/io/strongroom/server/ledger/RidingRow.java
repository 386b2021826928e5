package io.strongroom.server.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row that a caller wants written in the transaction that writes its records, so that no crash comes between them and
 * what is known about them. It costs no commit of its own.
 *
 * @param statement of one row; it must not fail whatever stands in the table, since it would be everybody's failure
 * @param values of its parameters, in order: text, numbers and bytes
 */
public record RidingRow(String statement, List<Object> values) {
    public RidingRow {
        values = List.copyOf(values);
    }

    /** Writes rows, as part of the caller's transaction: in their order for each statement, in one journey each. */
    public static void write(Connection connection, List<RidingRow> rows) throws SQLException {
        Map<String, PreparedStatement> open = new LinkedHashMap<>();
        try {
            for (RidingRow row : rows) {
                PreparedStatement statement = open.get(row.statement);
                if (statement == null) {
                    statement = connection.prepareStatement(row.statement);
                    open.put(row.statement, statement);
                }
                for (int i = 0; i < row.values.size(); i++) {
                    statement.setObject(i + 1, row.values.get(i));
                }
                statement.addBatch();
            }
            for (PreparedStatement statement : open.values()) {
                statement.executeBatch();
            }
        } finally {
            for (PreparedStatement statement : open.values()) {
                statement.close();
            }
        }
    }
}
