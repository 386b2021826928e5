package io.strongroom.server.telemetry.incident;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.telemetry.incident.IncidentRecords.Said;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Puts into the ledger what was found: that an incident is open, that it is over, that a device is silent. It waits until the
 * views have seen all that an earlier process may have written, and remembers what this one wrote: so nothing is written
 * twice, whatever was killed, and a rebuild writes nothing at all (decision 24).
 *
 * <p>What a rebuild finds in records from before the horizon, and the ledger says nothing of, was not found at the time: the
 * thresholds were others. It is dropped, not told as though it were new. For one thread.
 */
final class IncidentRecorder {
    private static final int MOST_AT_ONCE = 500;
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final long HORIZON_EVERY = Duration.ofMinutes(1).toMillis();

    /** A view that is further behind than that has not heard of devices that may be well. */
    private static final long MOST_LAG_MILLIS = Duration.ofSeconds(30).toMillis();

    private final Database database;
    private final IncidentRecords records;
    private final Silence silence;
    private final Supplier<FollowerStatus> follower;
    private final InstantSource clock;

    /** When this process began, and how long the ledger was then: who wrote up to there is gone. */
    private final long since;

    private final long sizeAtStart;

    // Written by this process, and not yet seen by the view.
    private final Set<String> written = new HashSet<>();
    private long horizonMovedAt = Long.MIN_VALUE;

    IncidentRecorder(
            Database database,
            IncidentRecords records,
            Silence silence,
            Supplier<FollowerStatus> follower,
            InstantSource clock) {
        this.database = database;
        this.records = records;
        this.silence = silence;
        this.follower = follower;
        this.clock = clock;
        this.since = clock.millis();
        this.sizeAtStart = follower.get().ledgerSize();
    }

    /**
     * Writes what there is to write.
     *
     * @return how many records the ledger took
     * @throws RuntimeException if the database or the ledger does not answer: then the rest is written another time
     */
    int record() {
        FollowerStatus status = follower.get();
        if (status.rebuilding() || status.cursor() < sizeAtStart) {
            return 0;
        }
        long now = clock.millis();
        List<Said> due = database.read(connection -> due(connection, now, status));
        if (follower.get().rebuilding()) {
            // Begun meanwhile: what was read may be half of what there was.
            return 0;
        }
        int count = 0;
        for (int from = 0; from < due.size(); from += MOST_AT_ONCE) {
            count += write(due.subList(from, Math.min(due.size(), from + MOST_AT_ONCE)));
        }
        if (!due.isEmpty() || now >= horizonMovedAt + HORIZON_EVERY || now < horizonMovedAt) {
            database.owner(connection -> moveHorizon(connection, status.cursor()));
            horizonMovedAt = now;
        }
        return count;
    }

    private List<Said> due(Connection connection, long now, FollowerStatus status) throws SQLException {
        List<Said> due = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        List<Incident> found = Sql.all(
                connection,
                "SELECT " + IncidentTable.COLUMNS + " FROM incident WHERE state <> 'CLOSED'"
                        + " AND (recorded_seq IS NULL OR cleared_seq IS NOT NULL)"
                        + " AND (recorded_seq IS NOT NULL OR first_seq >= ?) ORDER BY first_seq, id LIMIT "
                        + MOST_AT_ONCE,
                IncidentTable::incident,
                horizon(connection));
        for (Incident each : found) {
            if (each.recorded() == null) {
                due.add(IncidentRecords.opened(each, now));
            }
            if (each.cleared() != null) {
                due.add(IncidentRecords.closed(each, now));
            }
        }
        if (status.lagMillis() <= MOST_LAG_MILLIS) {
            silence.silent(connection, now, since).forEach(each -> due.add(IncidentRecords.opened(each, now)));
        }
        due.forEach(said -> keys.add(said.key()));
        // What is not due any more was seen.
        written.retainAll(keys);
        due.removeIf(said -> written.contains(said.key()));
        return due;
    }

    private int write(List<Said> some) {
        List<CompletableFuture<AppendOutcome>> outcomes = records.append(some);
        long deadline = System.nanoTime() + WAIT.toNanos();
        for (int i = 0; i < some.size(); i++) {
            try {
                var unused = outcomes.get(i).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped while incidents were recorded", e);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("the ledger has not said that it took the incidents", e);
            }
            written.add(some.get(i).key());
        }
        return some.size();
    }

    private static long horizon(Connection connection) throws SQLException {
        return Sql.first(connection, "SELECT seq FROM incident_horizon", row -> row.getLong(1))
                .orElse(0L);
    }

    /** Up to the first that waits for its record everything found below {@code cursor} is in the ledger, or dropped. */
    private int moveHorizon(Connection connection, long cursor) throws SQLException {
        long horizon = horizon(connection);
        Sql.update(connection, "DELETE FROM incident WHERE recorded_seq IS NULL AND first_seq < ?", horizon);
        long next = Sql.first(
                        connection,
                        "SELECT MIN(first_seq) FROM incident WHERE recorded_seq IS NULL HAVING COUNT(*) > 0",
                        row -> row.getLong(1))
                .orElse(cursor);
        long to = Math.min(next, cursor);
        int moved = Sql.update(connection, "UPDATE incident_horizon SET seq = ? WHERE seq < ?", to, to);
        if (follower.get().rebuilding()) {
            connection.rollback();
        }
        return moved;
    }
}
