package io.strongroom.server.telemetry.incident;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the recorder look every second. What fails is tried again. */
final class IncidentWatch {
    private static final Logger LOG = LoggerFactory.getLogger(IncidentWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final IncidentRecorder recorder;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("incident-watch").factory());
    private boolean failing;

    IncidentWatch(IncidentRecorder recorder) {
        this.recorder = recorder;
    }

    /** Begins to look. */
    void start() {
        watch.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            recorder.record();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("incidents that were found cannot be recorded; trying again until they can", e);
            }
            failing = true;
        }
    }

    /** Stops after the look under way. */
    void stop() throws InterruptedException {
        // Not interrupted: that would close H2's file under it.
        watch.shutdown();
        var unused = watch.awaitTermination(EVERY.toSeconds() * 20, TimeUnit.SECONDS);
    }
}
