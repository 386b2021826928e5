package io.strongroom.server.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** A transaction of several statements, on a connection that otherwise commits each statement by itself. */
final class Transaction {
    private Transaction() {}

    /** What is to be done in it. */
    @FunctionalInterface
    interface Steps {
        void run() throws SQLException;
    }

    /** Commits what {@code steps} do, or nothing where they fail. Where the commit itself fails its outcome is unknown. */
    static void run(Connection connection, Steps steps) throws SQLException {
        connection.setAutoCommit(false);
        try {
            steps.run();
        } catch (SQLException | RuntimeException e) {
            rollBack(connection, e);
            throw e;
        }
        // From here until the reply the outcome is unknown.
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void rollBack(Connection connection, Exception why) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }
}
