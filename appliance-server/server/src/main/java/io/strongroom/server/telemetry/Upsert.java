package io.strongroom.server.telemetry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are changed where they are there, and made where they are not: two statements for all of them, on any engine.
 * Both take the same parameters in the same order. For tables that one thread writes.
 *
 * @param update changes at most one row
 * @param insert makes it
 */
public record Upsert(String update, String insert) {

    /** Changes or makes rows. No two of them may be the same row. */
    public void run(Connection connection, List<@Nullable Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        int[] updated;
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            for (@Nullable Object[] row : rows) {
                add(statement, row);
            }
            updated = statement.executeBatch();
        }
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (int i = 0; i < updated.length; i++) {
                if (updated[i] == 0) {
                    add(statement, rows.get(i));
                }
            }
            statement.executeBatch();
        }
    }

    private static void add(PreparedStatement statement, @Nullable Object[] row) throws SQLException {
        for (int i = 0; i < row.length; i++) {
            statement.setObject(i + 1, row[i]);
        }
        statement.addBatch();
    }
}
