package io.strongroom.server.ledger;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures of the database in a row at one thing, over which the sequencer loses patience. */
final class Attempts {
    private static final Logger log = LoggerFactory.getLogger(Attempts.class);
    private static final long MAX_BACKOFF_MILLIS = 2_000;

    private final String what;
    private final LedgerSettings settings;
    private final LedgerStore store;
    private final long deadline;
    private long backoffMillis;

    Attempts(String what, LedgerSettings settings, LedgerStore store) {
        this.what = what;
        this.settings = settings;
        this.store = store;
        this.deadline = System.nanoTime() + settings.patience().toNanos();
        this.backoffMillis = settings.retryPause().toMillis();
    }

    /**
     * Waits a while before the next attempt.
     *
     * @throws LedgerClosedException if they have failed for too long
     */
    void failed(SQLException e) throws InterruptedException {
        log.warn("{} failed (SQLSTATE {}): {}", what, e.getSQLState(), e.getMessage());
        if (System.nanoTime() - deadline > 0) {
            throw new LedgerClosedException(
                    what + " failed for " + settings.patience().toSeconds() + " s; see to the database", e);
        }
        TimeUnit.MILLISECONDS.sleep(backoffMillis);
        backoffMillis = Math.min(2 * backoffMillis, MAX_BACKOFF_MILLIS);
    }

    /** The head as it stands, over a new connection, once it is certain that the old one does nothing more. */
    Head reopen() throws InterruptedException {
        while (true) {
            try {
                return store.reopen();
            } catch (SQLException e) {
                failed(e);
            }
        }
    }
}
