package io.strongroom.server.ingest;

import io.micronaut.context.annotation.Context;
import io.strongroom.server.database.DatabaseException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of device batches once they are taken in: their signed bytes go to the object store within a second, and
 * their rows after an hour, but for the newest of each stream.
 */
@Context
final class DeviceBatchUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceBatchUpkeep.class);

    /** Long after a device has asked for the answer again, if it asks. */
    private static final Duration KEPT = Duration.ofHours(1);

    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final BatchArchive archive;
    private final DeviceBatchTable table;
    private final InstantSource clock;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("device-batches").unstarted(this::run);

    // The thread's own.
    private long nextForget = System.nanoTime();
    private boolean failing;

    DeviceBatchUpkeep(BatchArchive archive, DeviceBatchTable table, InstantSource clock) {
        this.archive = archive;
        this.table = table;
        this.clock = clock;
    }

    @PostConstruct
    void start() {
        thread.start();
    }

    @PreDestroy
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void run() {
        try {
            while (true) {
                boolean more = moved();
                forget();
                if (failing) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE.toMillis());
                } else if (!more) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("no more signed bytes are moved: the appliance stops");
        }
    }

    private boolean moved() throws InterruptedException {
        try {
            boolean more = archive.move();
            failing = false;
            return more;
        } catch (IOException | DatabaseException e) {
            if (!failing) {
                LOG.error("the signed bytes of device batches wait in the database: they cannot be moved", e);
            }
            failing = true;
            return false;
        }
    }

    private void forget() {
        if (System.nanoTime() - nextForget < 0) {
            return;
        }
        nextForget = System.nanoTime() + EVERY.toNanos();
        try {
            table.forget(clock.instant().minus(KEPT).toEpochMilli());
        } catch (DatabaseException e) {
            LOG.warn("what is known of old device batches is not forgotten yet: {}", e.getMessage());
        }
    }
}
