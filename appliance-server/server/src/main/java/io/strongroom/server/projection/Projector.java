package io.strongroom.server.projection;

import static java.util.Objects.requireNonNull;

import io.strongroom.evidence.TenantId;
import io.strongroom.server.database.Database;
import io.strongroom.server.ledger.LedgerDamagedException;
import io.strongroom.server.ledger.LedgerReader;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the ledger by {@code seq} and keeps the read models. One thread, one transaction for each batch; the watermark
 * moves in the same transaction as the rows, so each entry has its effect once, whatever stops in between.
 *
 * <p>A failure is repeated until it passes; questions are answered from the last watermark meanwhile, and say so.
 */
public final class Projector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Projector.class);

    private static final long IDLE_MILLIS = 500;
    /** After a batch the next one gathers for so long, at most: the first record is seen at once, a crowd in few steps. */
    private static final long LINGER_MILLIS = 100;

    private static final long FIRST_RETRY_MILLIS = 200;
    private static final long LAST_RETRY_MILLIS = 10_000;

    private final Database database;
    private final LedgerReader reader;
    private final InstantSource clock;
    private final String tenant;
    private final ProjectionStore store;
    private final AtomicBoolean rebuildAsked = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    // Owned by the projector's thread; null or stale after a failure, and loaded again then.
    private final ProjectionBatch batch = new ProjectionBatch();
    private @Nullable ProjectionState state;
    private Tail tail = Tail.EMPTY;
    private long lastAt;

    // What others see of it: the last committed state.
    private volatile ProjectionState committed = new ProjectionState(0, 0, 0, 0);
    private volatile boolean failing;

    public Projector(Database database, LedgerReader reader, TenantId tenant, InstantSource clock) {
        this.database = requireNonNull(database, "database is null");
        this.reader = requireNonNull(reader, "reader is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.tenant = tenant.value();
        store = new ProjectionStore(
                this.tenant,
                switch (database.engine()) {
                    case POSTGRESQL -> new PostgresRows();
                    case H2 -> new H2Rows();
                });
    }

    /** Begins to follow the ledger. */
    public synchronized void start() {
        if (thread != null) {
            throw new IllegalStateException("the projector has been started already");
        }
        thread = Thread.ofPlatform().name("projector").daemon().start(this::follow);
    }

    /** Whether it follows the ledger, be it with failures; false before {@link #start}, after {@link #close}, and once it has died. */
    public boolean alive() {
        Thread running = thread;
        return running != null && running.isAlive();
    }

    /** How far the read models are. */
    public ProjectionStatus status() {
        ProjectionState now = committed;
        long size = reader.size();
        return new ProjectionStatus(
                now.watermark(),
                size,
                lagMillis(now.watermark(), size),
                now.rebuilding() || rebuildAsked.get(),
                now.unprojectable(),
                failing);
    }

    private long lagMillis(long watermark, long size) {
        if (watermark >= size) {
            return 0;
        }
        long[] oldest = {clock.millis()};
        try {
            reader.read(watermark, watermark + 1, false, row -> {
                oldest[0] = row.entry().at();
                return false;
            });
        } catch (LedgerDamagedException unreadable) {
            // The projector passes over such an entry at once; it is no lag.
            return 0;
        }
        return Math.max(0, clock.millis() - oldest[0]);
    }

    /**
     * Has the read models thrown away and made again. Returns at once; until they are whole,
     * {@link ProjectionStatus#rebuilding()} says so.
     */
    public void rebuild() {
        rebuildAsked.set(true);
    }

    private static final int[] NONE = {};

    private void follow() {
        long retryMillis = FIRST_RETRY_MILLIS;
        while (closed.getCount() > 0) {
            try {
                if (!step()) {
                    reader.awaitGrowth(watermark(), IDLE_MILLIS);
                } else {
                    reader.awaitGrowth(Segment.firstSeqOf(watermark()) + Segment.SIZE - 1, LINGER_MILLIS);
                }
                retryMillis = FIRST_RETRY_MILLIS;
                failing = false;
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException e) {
                state = null;
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
            LOG.warn("The read models cannot follow the ledger; trying again until they can", failure);
        }
        failing = true;
        try {
            return !closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    private long watermark() {
        return committed.watermark();
    }

    /**
     * Projects one batch, or clears the read models where that is due.
     *
     * @return whether there was anything to do
     */
    boolean step() {
        ProjectionState now = state;
        if (now == null) {
            now = load();
        }
        if (rebuildAsked.get() || now.watermark() > reader.size() || !tail.fits(now.watermark())) {
            clear(now);
            return true;
        }
        long end = Math.min(reader.size(), Segment.firstSeqOf(now.watermark()) + Segment.SIZE);
        if (end == now.watermark()) {
            return false;
        }
        fill(now.watermark(), end);
        append(now);
        return true;
    }

    private ProjectionState load() {
        ProjectionState loaded = database.owner(connection -> {
            tail = Tail.ofStored(store.tail(connection));
            return ProjectionStore.state(connection, tenant);
        });
        store.forget();
        become(loaded);
        return loaded;
    }

    private void clear(ProjectionState now) {
        if (!rebuildAsked.get()) {
            LOG.warn("The read models do not belong to this ledger of {} entries; making them again", reader.size());
        }
        ProjectionState empty = database.owner(connection -> {
            store.clear(connection, Math.max(reader.size(), now.rebuildUntil()));
            return ProjectionStore.state(connection, tenant);
        });
        store.forget();
        tail = Tail.EMPTY;
        become(empty);
        rebuildAsked.set(false);
    }

    private void fill(long from, long to) {
        batch.begin(from);
        try {
            Map<Long, int[]> findable = reader.findable(from, to);
            reader.read(from, to, true, row -> {
                batch.add(row, findable.getOrDefault(row.entry().seq(), NONE));
                lastAt = row.entry().at();
                return !batch.isFull();
            });
        } catch (LedgerDamagedException damaged) {
            // What came before the damage is projected now. Then the damaged entry itself comes first.
            if (batch.size() == 0) {
                fillDamaged(from);
            }
        }
        if (batch.size() == 0) {
            throw new IllegalStateException("the ledger gave no entry " + from + ", although it has it");
        }
    }

    private void fillDamaged(long seq) {
        try {
            reader.read(seq, seq + 1, true, row -> {
                batch.add(row);
                return false;
            });
        } catch (LedgerDamagedException damaged) {
            batch.addDamaged(seq, lastAt);
        }
    }

    private void append(ProjectionState now) {
        Tail grown = tail.append(batch.tail());
        boolean appended = database.owner(connection -> {
            boolean mine = store.append(connection, now, batch, grown);
            if (!mine) {
                connection.rollback();
            }
            return mine;
        });
        if (!appended) {
            throw new IllegalStateException("another process moves the read models' watermark too");
        }
        store.committed(batch);
        tail = grown.committed(batch.endSeq());
        become(new ProjectionState(
                batch.endSeq(), now.generation(), now.rebuildUntil(), now.unprojectable() + batch.unprojectable()));
    }

    private void become(ProjectionState next) {
        state = next;
        committed = next;
    }

    /**
     * Stops following, after the batch under way. The thread is not interrupted: an interrupt would close H2's file under
     * it.
     */
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
