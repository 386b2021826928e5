package io.strongroom.server.telemetry;

import static java.util.Objects.requireNonNull;

import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.follow.LedgerFollower;
import io.strongroom.server.ledger.LedgerReader;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the ledger and hands what devices told to the views, whose rows are written in the transaction that moves the
 * cursor. An observation that a view cannot take is found by halving its batch, and passed over by all views: no device stops
 * the follower.
 */
public final class Follower extends LedgerFollower<FollowerState> {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /** Telemetry is in no hurry, and one transaction takes many. */
    private static final long LINGER_MILLIS = 200;

    private static final long EXPIRE_EVERY_MILLIS = 3_600_000;
    /** Rows that are deleted in one transaction, between two batches. */
    private static final int MOST_EXPIRED = 2_000;

    /** SQLStates of what a value was the cause of. */
    private static final List<String> OF_THE_DATA = List.of("22", "23");

    private final Database database;
    private final Observations observations;
    private final List<View> views;
    private final String names;
    private final InstantSource clock;
    private final FollowerTable table;

    // Owned by the follower's thread.
    private long expireAt = Long.MIN_VALUE;

    /** @param views in any order; each with tables of its own */
    Follower(
            Database database,
            LedgerReader ledger,
            Observations observations,
            List<View> views,
            TenantId tenant,
            InstantSource clock) {
        super("telemetry-follower", ledger, clock);
        this.database = requireNonNull(database, "database is null");
        this.observations = requireNonNull(observations, "observations is null");
        this.views = views.stream().sorted(Comparator.comparing(View::name)).toList();
        this.names = this.views.stream().map(View::name).collect(Collectors.joining(", "));
        this.clock = clock;
        this.table = new FollowerTable(database.engine(), tenant.value());
    }

    @Override
    protected FollowerState load() {
        return database.owner(table::state);
    }

    @Override
    protected boolean fits(FollowerState now) {
        return now.views().equals(names);
    }

    @Override
    protected FollowerState clear(long until) {
        return database.owner(connection -> {
            table.clear(connection, views, names, until);
            return table.state(connection);
        });
    }

    @Override
    protected void forget() {
        views.forEach(View::forget);
    }

    @Override
    protected long worthwhile(long cursor) {
        return cursor + Observations.MOST_ENTRIES;
    }

    @Override
    protected long lingerMillis() {
        return LINGER_MILLIS;
    }

    @Override
    protected void take(FollowerState now) {
        take(observations.read(now.cursor()));
    }

    private void take(ObservationBatch batch) {
        try {
            commit(batch);
        } catch (RuntimeException failure) {
            forget();
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
        FollowerState now = place();
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
        moved(new FollowerState(
                batch.end(),
                now.generation(),
                now.rebuildUntil(),
                now.unreadable() + batch.unreadable().size(),
                now.views()));
    }

    /** Lets the views delete what has been kept for long enough: a bounded piece of it, once an hour or as long as there is more. */
    @Override
    protected void upkeep() {
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
}
