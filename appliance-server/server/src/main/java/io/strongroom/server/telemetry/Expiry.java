package io.strongroom.server.telemetry;

import io.strongroom.server.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/** Deletes the oldest rows of a table, a bounded piece at a time. */
public final class Expiry {
    private Expiry() {}

    /**
     * Deletes rows.
     *
     * @param column a time, which had best be indexed
     * @param before what is older goes
     * @param most about how many rows; all of one time go together
     * @return whether there may be more
     */
    public static boolean delete(Connection connection, String table, String column, long before, int most)
            throws SQLException {
        int deleted = Sql.update(
                connection,
                "DELETE FROM " + table + " WHERE " + column + " <= (SELECT MAX(" + column + ") FROM (SELECT " + column
                        + " FROM " + table + " WHERE " + column + " < ? ORDER BY " + column + " LIMIT " + most
                        + ") AS oldest)",
                before);
        return deleted >= most;
    }
}
