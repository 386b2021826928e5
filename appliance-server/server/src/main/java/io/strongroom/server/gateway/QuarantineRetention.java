package io.strongroom.server.gateway;

import io.micronaut.context.annotation.Context;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.ledger.SystemTrail;
import io.strongroom.server.record.SystemRecords.Event;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes documents in quarantine whose time is over, where the operator sets one. That it was done, and to how many, is
 * in the ledger, or it is not done.
 */
@Context
final class QuarantineRetention {
    private static final Logger LOG = LoggerFactory.getLogger(QuarantineRetention.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int MOST_DAYS = 36_500;

    private final Quarantine quarantine;
    private final SystemTrail trail;
    private final InstantSource clock;
    private final Duration kept;
    private final ScheduledExecutorService housekeeping = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("quarantine-housekeeping").factory());

    QuarantineRetention(Quarantine quarantine, SystemTrail trail, InstantSource clock, Settings settings) {
        this.quarantine = quarantine;
        this.trail = trail;
        this.clock = clock;
        this.kept = Duration.ofDays(settings.number(Setting.QUARANTINE_DAYS, 0, MOST_DAYS));
    }

    @PostConstruct
    void start() {
        if (!kept.isZero()) {
            housekeeping.scheduleWithFixedDelay(this::forget, 1, EVERY.toMinutes(), TimeUnit.MINUTES);
        }
    }

    @PreDestroy
    void stop() {
        housekeeping.shutdownNow();
    }

    /** Deletes those whose time is over. What fails is tried again after {@link #EVERY}. */
    void forget() {
        if (kept.isZero()) {
            return;
        }
        Instant before = clock.instant().minus(kept);
        try {
            quarantine.forget(before.toEpochMilli(), count -> tell(before, count));
        } catch (RuntimeException e) {
            // Whether the database or the ledger does not answer: nothing is deleted.
            LOG.warn("documents in quarantine whose time is over stay for another hour", e);
        }
    }

    private void tell(Instant before, int count) {
        Event event = new Event(
                clock.millis(),
                "Quarantine.Expired",
                "success",
                "Service",
                "strongroom",
                "Quarantine",
                "quarantine",
                Map.of("count", (long) count, "receivedBefore", Rfc3339.format(before.toEpochMilli())));
        trail.tell("system.guard", event, "What is deleted from quarantine is recorded, and that could not be.");
    }
}
