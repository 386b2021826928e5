package io.strongroom.server.uploads;

import io.strongroom.server.database.DatabaseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets go of values that were uploaded, and to which no record has referred within some time. */
final class UnreferredUploads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UnreferredUploads.class);
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final Uploads uploads;
    private final Duration kept;
    private final InstantSource clock;
    private final ScheduledExecutorService housekeeping = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("uploads-housekeeping").factory());

    /** @param kept for how long one is kept that no record refers to */
    UnreferredUploads(Uploads uploads, Duration kept, InstantSource clock) {
        this.uploads = uploads;
        this.kept = kept;
        this.clock = clock;
    }

    void start() {
        housekeeping.scheduleWithFixedDelay(this::forget, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Forgets those whose time is over. */
    void forget() {
        try {
            int forgotten = uploads.forget(clock.instant().minus(kept).toEpochMilli());
            if (forgotten > 0) {
                LOG.info("{} uploaded values are gone, which no record referred to within {}", forgotten, kept);
            }
        } catch (DatabaseException e) {
            LOG.warn("uploads that no record refers to cannot be looked up: {}", e.sqlState());
        }
    }

    @Override
    public void close() {
        housekeeping.shutdownNow();
    }
}
