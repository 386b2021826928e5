package io.strongroom.server.ledger;

import io.strongroom.server.database.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The advisory lock that says who tries to write; who may, the epoch in the head's row says. It lives as long as a
 * connection of its own, which no pool knows.
 */
final class WriterLock implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WriterLock.class);
    private static final int ALIVE_SECONDS = 5;
    private static final long POLL_MILLIS = 100;

    private final Database database;
    private final String key;

    // Guarded by this; null while the lock is not held.
    private @Nullable Connection holder;

    /** @param key an SQL expression of type bigint */
    WriterLock(Database database, String key) {
        this.database = database;
        this.key = key;
    }

    /** Waits until the lock is free, at most {@code patience}. */
    synchronized boolean take(Duration patience) throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        Connection connection = database.connectOwner();
        try {
            connection.setAutoCommit(true);
            while (!tryLock(connection)) {
                if (System.nanoTime() - deadline > 0) {
                    connection.close();
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            holder = connection;
            return true;
        } catch (SQLException e) {
            connection.close();
            throw e;
        } catch (InterruptedException e) {
            connection.close();
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for the ledger's lock", e);
        }
    }

    private boolean tryLock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + key + ")")) {
            return row.next() && row.getBoolean(1);
        }
    }

    /**
     * Whether nobody else holds the lock, as far as can be told. A lock whose connection broke is taken again where it
     * is free; where the database does not answer, nothing is known, and the epoch decides at the next commit.
     */
    synchronized boolean stillHeld() {
        Connection connection = holder;
        if (connection == null) {
            return false;
        }
        try {
            if (connection.isValid(ALIVE_SECONDS)) {
                return true;
            }
            connection.close();
        } catch (SQLException e) {
            log.debug("the lock's connection did not close tidily: {}", e.getMessage());
        }
        try {
            return take(Duration.ZERO);
        } catch (SQLException e) {
            log.warn("the ledger's lock cannot be looked at: {}", e.getMessage());
            return true;
        }
    }

    @Override
    public synchronized void close() {
        Connection connection = holder;
        holder = null;
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                log.debug("the lock's connection did not close tidily: {}", e.getMessage());
            }
        }
    }
}
