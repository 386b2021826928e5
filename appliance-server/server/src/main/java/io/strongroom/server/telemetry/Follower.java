package io.strongroom.server.telemetry;

import static java.util.Objects.requireNonNull;

import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.ledger.LedgerDamagedException;
import io.strongroom.server.ledger.LedgerReader;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the ledger by {@code seq} and hands what devices told to the views. One thread, one transaction for each batch; the
 * cursor moves in the same transaction as the views' rows, so each observation has its effect once, whatever stops in
 * between.
 *
 * <p>A failure is repeated until it passes. An observation that a view cannot take is found by halving its batch, and passed
 * over by all views: no device stops the follower.
 */
public final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private static final long IDLE_MILLIS = 500;
    /** After a batch the next one gathers for so long: telemetry is in no hurry, and one transaction takes many. */
    private static final long LINGER_MILLIS = 200;

    private static final long FIRST_RETRY_MILLIS = 200;
    private static final long LAST_RETRY_MILLIS = 10_000;

    private static final long EXPIRE_EVERY_MILLIS = 3_600_000;
    /** Rows that are deleted in one transaction, between two batches. */
    private static final int MOST_EXPIRED = 2_000;

    /** SQLStates of what a value was the cause of. */
    private static final List<String> OF_THE_DATA = List.of("22", "23");

    private final Database database;
    private final LedgerReader ledger;
    private final Observations observations;
    private final List<View> views;
    private final String names;
    private final InstantSource clock;
    private final FollowerTable table;
    private final AtomicBoolean rebuildAsked = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    // Owned by the follower's thread; null after a failure, and loaded again then.
    private @Nullable FollowerState state;

    // Owned by the follower's thread.
    private long expireAt = Long.MIN_VALUE;

    // What others see of it: the last committed state.
    private volatile FollowerState committed = new FollowerState(0, 0, 0, 0, "");
    private volatile boolean failing;

    /** @param views in any order; each with tables of its own */
    Follower(
            Database database,
            LedgerReader ledger,
            Observations observations,
            List<View> views,
            TenantId tenant,
            InstantSource clock) {
        this.database = requireNonNull(database, "database is null");
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.observations = requireNonNull(observations, "observations is null");
        this.views = views.stream().sorted(Comparator.comparing(View::name)).toList();
        this.names = this.views.stream().map(View::name).collect(Collectors.joining(", "));
        this.clock = requireNonNull(clock, "clock is null");
        this.table = new FollowerTable(database.engine(), tenant.value());
    }

    /** Begins to follow the ledger. */
    public synchronized void start() {
        if (thread != null) {
            throw new IllegalStateException("the follower has been started already");
        }
        thread = Thread.ofPlatform().name("telemetry-follower").daemon().start(this::follow);
    }

    /** Whether it follows the ledger, be it with failures. */
    public boolean alive() {
        Thread running = thread;
        return running != null && running.isAlive();
    }

    /** How far the views are. */
    public FollowerStatus status() {
        FollowerState now = committed;
        long size = ledger.size();
        return new FollowerStatus(
                now.cursor(),
                size,
                lagMillis(now.cursor(), size),
                now.rebuilding() || rebuildAsked.get(),
                now.unreadable(),
                failing);
    }

    private long lagMillis(long cursor, long size) {
        if (cursor >= size) {
            return 0;
        }
        long[] oldest = {clock.millis()};
        try {
            ledger.read(cursor, cursor + 1, false, row -> {
                oldest[0] = row.entry().at();
                return false;
            });
        } catch (LedgerDamagedException unreadable) {
            // The follower passes over such an entry at once; it is no lag.
            return 0;
        }
        return Math.max(0, clock.millis() - oldest[0]);
    }

    /** Has the views emptied and filled again. Returns at once; {@link FollowerStatus#rebuilding()} says how it stands. */
    public void rebuild() {
        rebuildAsked.set(true);
    }

    private void follow() {
        long retryMillis = FIRST_RETRY_MILLIS;
        while (closed.getCount() > 0) {
            try {
                expire();
                if (!step()) {
                    ledger.awaitGrowth(committed.cursor(), IDLE_MILLIS);
                } else if (committed.cursor() >= ledger.size()) {
                    var unused = closed.await(LINGER_MILLIS, TimeUnit.MILLISECONDS);
                }
                retryMillis = FIRST_RETRY_MILLIS;
                failing = false;
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException e) {
                forget();
                if (!pauseAfter(e, retryMillis)) {
                    return;
                }
                retryMillis = Math.min(2 * retryMillis, LAST_RETRY_MILLIS);
            }
        }
    }

    /** @return whether to try again */
    private boolean pauseAfter(RuntimeException failure, long millis) {
        if (closed.getCount() > 0 && !failing) {
            LOG.warn("The read models of telemetry cannot follow the ledger; trying again until they can", failure);
        }
        failing = true;
        try {
            return !closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    /**
     * Takes one batch, or empties the views where that is due.
     *
     * @return whether there was anything to do
     */
    boolean step() {
        FollowerState now = state;
        if (now == null) {
            now = database.owner(table::state);
            become(now);
        }
        if (rebuildAsked.get() || now.cursor() > ledger.size() || !now.views().equals(names)) {
            clear(now);
            return true;
        }
        if (now.cursor() == ledger.size()) {
            return false;
        }
        take(observations.read(now.cursor()));
        return true;
    }

    private void clear(FollowerState now) {
        if (!rebuildAsked.get() && now.cursor() > 0) {
            LOG.info("The read models of telemetry are not those of this program or ledger; making them again");
        }
        FollowerState empty = database.owner(connection -> {
            table.clear(connection, views, names, Math.max(ledger.size(), now.rebuildUntil()));
            return table.state(connection);
        });
        views.forEach(View::forget);
        become(empty);
        rebuildAsked.set(false);
    }

    private void take(ObservationBatch batch) {
        try {
            commit(batch);
        } catch (RuntimeException failure) {
            views.forEach(View::forget);
            if (batch.observations().isEmpty() || !isOfTheData(failure)) {
                throw failure;
            }
            if (batch.observations().size() > 1) {
                batch.halves().forEach(this::take);
            } else {
                LOG.warn(
                        "entry {} tells of a device what cannot be taken in: {}",
                        batch.observations().getFirst().seq(),
                        failure.getClass().getName());
                commit(batch.passedOver("not taken in"));
            }
        }
    }

    private static boolean isOfTheData(RuntimeException failure) {
        return switch (failure) {
            case DatabaseException of -> OF_THE_DATA.stream().anyMatch(of.sqlState()::startsWith);
            case MovedException moved -> false;
            default -> true;
        };
    }

    /** Another process moves the cursor too. */
    private static final class MovedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private MovedException() {
            super("another process moves the cursor of telemetry too");
        }
    }

    private void commit(ObservationBatch batch) {
        FollowerState now = requireNonNull(state, "the state is not known");
        var unused = database.owner(connection -> {
            if (!table.move(connection, now, batch)) {
                throw new MovedException();
            }
            table.list(connection, batch.unreadable());
            if (!batch.observations().isEmpty()) {
                for (View view : views) {
                    view.take(connection, batch.observations());
                }
            }
            return batch;
        });
        become(new FollowerState(
                batch.end(),
                now.generation(),
                now.rebuildUntil(),
                now.unreadable() + batch.unreadable().size(),
                now.views()));
    }

    /** Lets the views delete what has been kept for long enough: a bounded piece of it, once an hour or as long as there is more. */
    void expire() {
        long now = clock.millis();
        if (now < expireAt) {
            return;
        }
        boolean more = false;
        for (View view : views) {
            more |= database.owner(connection -> view.expire(connection, now, MOST_EXPIRED));
        }
        expireAt = more ? Long.MIN_VALUE : now + EXPIRE_EVERY_MILLIS;
    }

    private void become(FollowerState next) {
        state = next;
        committed = next;
    }

    private void forget() {
        state = null;
        views.forEach(View::forget);
    }

    /** Stops following, after the batch under way. The thread is not interrupted: that would close H2's file under it. */
    @Override
    public synchronized void close() {
        closed.countDown();
        Thread running = thread;
        if (running == null) {
            return;
        }
        try {
            running.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
