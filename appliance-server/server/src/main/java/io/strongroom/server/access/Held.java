package io.strongroom.server.access;

import io.strongroom.api.ProblemType;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.problem.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the gate asks at each request, held in memory, so that asking costs no query: read again when older than
 * {@link #FRESH_MILLIS}, and at once after a change made here.
 */
public final class Held<T> implements AutoCloseable {
    /** For how long something that another node revoked may still count here. */
    static final long FRESH_MILLIS = 10_000;

    /** From which age on what is held here is trusted no more. */
    static final long GIVEN_UP_MILLIS = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(Held.class);

    private final String what;
    private final InstantSource clock;
    private final Supplier<T> reader;
    private final AtomicLong readAt = new AtomicLong();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final ScheduledExecutorService refresher;
    private volatile T held;

    /**
     * Reads it for the first time.
     *
     * @param what its name in messages, such as {@code tokens}
     * @param reader reads it from the database
     */
    public Held(String what, InstantSource clock, Supplier<T> reader) {
        this.what = what;
        this.clock = clock;
        this.reader = reader;
        this.refresher = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(what + "-refresh").factory());
        this.held = reader.get();
        this.readAt.set(clock.millis());
    }

    /** Has it read again and again, though nobody calls: whoever comes after an idle hour is not to wait for it. */
    public void start() {
        refresher.scheduleWithFixedDelay(this::refreshQuietly, FRESH_MILLIS, FRESH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * What is held. Never waits.
     *
     * @throws ProblemException {@code storage-unavailable} if it is too old to be trusted
     */
    public T current() {
        long age = clock.millis() - readAt.get();
        if (age >= FRESH_MILLIS) {
            // Not on this thread, which may be one that serves many connections.
            Thread.ofVirtual().name(what + "-refresh").start(this::refreshQuietly);
        }
        if (age >= GIVEN_UP_MILLIS) {
            throw new ProblemException(
                            ProblemType.STORAGE_UNAVAILABLE,
                            "The " + what + " could not be read for too long to trust them.")
                    .retryAfter(Duration.ofSeconds(1));
        }
        return held;
    }

    /** Reads it now. */
    public synchronized T refresh() {
        held = reader.get();
        readAt.set(clock.millis());
        return held;
    }

    private void refreshQuietly() {
        if (!refreshing.compareAndSet(false, true)) {
            return;
        }
        try {
            refresh();
        } catch (DatabaseException e) {
            LOG.warn("the {} cannot be read: {}", what, e.sqlState());
        } finally {
            refreshing.set(false);
        }
    }

    @Override
    public void close() {
        refresher.shutdownNow();
    }
}
