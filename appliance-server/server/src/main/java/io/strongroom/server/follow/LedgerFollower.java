package io.strongroom.server.follow;

import static java.util.Objects.requireNonNull;

import io.strongroom.server.ledger.LedgerDamagedException;
import io.strongroom.server.ledger.LedgerReader;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the ledger by {@code seq}. One thread, one transaction for each batch; the cursor moves in the same transaction as
 * the rows that the batch makes, so each entry has its effect once, whatever stops in between.
 *
 * <p>A failure is repeated until it passes; questions are answered from the last cursor meanwhile, and say so.
 *
 * @param <P> what the follower's tables say of where it is
 */
public abstract class LedgerFollower<P extends Place> implements AutoCloseable {
    private static final long IDLE_MILLIS = 500;
    private static final long FIRST_RETRY_MILLIS = 200;
    private static final long LAST_RETRY_MILLIS = 10_000;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final String name;
    private final LedgerReader ledger;
    private final InstantSource clock;
    private final AtomicBoolean rebuildAsked = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    // Owned by the follower's thread; null after a failure, and loaded again then.
    private @Nullable P place;

    // What others see of it: the last committed place.
    private volatile @Nullable P committed;
    private volatile boolean failing;

    /** @param name of its thread, and in the log */
    protected LedgerFollower(String name, LedgerReader ledger, InstantSource clock) {
        this.name = name;
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Reads from its tables where it is, and whatever else it must remember of them. */
    protected abstract P load();

    /** Whether the tables are of this program, as far as can be seen; they are made again if not. */
    protected abstract boolean fits(P now);

    /**
     * Takes a batch, of at least one entry that there is, and says by {@link #moved} how far it came.
     *
     * @throws RuntimeException if it must be tried again
     */
    protected abstract void take(P now);

    /**
     * Empties its tables.
     *
     * @param until up to where they are to be filled again, at least
     */
    protected abstract P clear(long until);

    /** Forgets what it remembers of its tables: a transaction may have been undone. */
    protected abstract void forget();

    /** What is due between two batches. */
    protected void upkeep() {}

    /** Up to which size of the ledger it is worth waiting a little before the next batch. */
    protected abstract long worthwhile(long cursor);

    /** For how long, at most: the first entry is seen at once, a crowd in few steps. In milliseconds. */
    protected abstract long lingerMillis();

    /** Begins to follow the ledger. */
    public final synchronized void start() {
        if (thread != null) {
            throw new IllegalStateException("the " + name + " has been started already");
        }
        thread = Thread.ofPlatform().name(name).daemon().start(this::follow);
    }

    /** Whether it follows the ledger, be it with failures; false before {@link #start}, after {@link #close}, and once it has died. */
    public final boolean alive() {
        Thread running = thread;
        return running != null && running.isAlive();
    }

    /** How far it is. */
    public final FollowerStatus status() {
        P now = committed;
        long cursor = now == null ? 0 : now.cursor();
        long size = ledger.size();
        return new FollowerStatus(
                cursor,
                size,
                lagMillis(cursor, size),
                now != null && cursor < now.rebuildUntil() || rebuildAsked.get(),
                now == null ? 0 : now.unreadable(),
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

    /**
     * Has what it made thrown away and made again. Returns at once; until it is whole, {@link FollowerStatus#rebuilding()} says
     * so.
     */
    public final void rebuild() {
        rebuildAsked.set(true);
    }

    private void follow() {
        long retryMillis = FIRST_RETRY_MILLIS;
        while (closed.getCount() > 0) {
            try {
                upkeep();
                boolean moved = step();
                P now = requireNonNull(place, "a step leaves a place");
                var unused = moved
                        ? ledger.awaitGrowth(worthwhile(now.cursor()) - 1, lingerMillis())
                        : ledger.awaitGrowth(now.cursor(), IDLE_MILLIS);
                retryMillis = FIRST_RETRY_MILLIS;
                failing = false;
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException e) {
                place = null;
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
            log.warn("The {} cannot follow the ledger; trying again until it can", name, failure);
        }
        failing = true;
        try {
            return !closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    /**
     * Takes one batch, or empties the tables where that is due. For whoever has not {@linkplain #start() started} it.
     *
     * @return whether there was anything to do
     */
    public final boolean step() {
        P now = place;
        if (now == null) {
            now = load();
            moved(now);
        }
        if (rebuildAsked.get() || now.cursor() > ledger.size() || !fits(now)) {
            again(now);
            return true;
        }
        if (now.cursor() == ledger.size()) {
            return false;
        }
        take(now);
        return true;
    }

    private void again(P now) {
        if (!rebuildAsked.get() && now.cursor() > 0) {
            log.warn(
                    "What the {} made is not of this program and this ledger of {} entries; making it again",
                    name,
                    ledger.size());
        }
        P empty = clear(Math.max(ledger.size(), now.rebuildUntil()));
        forget();
        moved(empty);
        rebuildAsked.set(false);
    }

    /** Where it is now, by a transaction that was committed. */
    protected final void moved(P next) {
        place = next;
        committed = next;
    }

    /** Where it is, by the last transaction; for its thread. */
    protected final P place() {
        return requireNonNull(place, "the place is not known");
    }

    /**
     * Stops following, after the batch under way. The thread is not interrupted: an interrupt would close H2's file under
     * it.
     */
    @Override
    public final synchronized void close() {
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
