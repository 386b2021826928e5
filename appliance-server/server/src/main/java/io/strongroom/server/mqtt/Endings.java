package io.strongroom.server.mqtt;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Counts and logs why connections end. Anybody can open connections, so only so many lines a minute are written, those about
 * devices apart from those about strangers; what was left out is told with the next.
 */
final class Endings {
    static final int MOST_LINES = 10;
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Consumer<Ending> counts;
    private final Consumer<String> log;
    private final LongSupplier nanoTime;
    private final Budget devices;
    private final Budget strangers;

    /** @param log takes a line */
    Endings(Consumer<Ending> counts, Consumer<String> log, LongSupplier nanoTime) {
        this.counts = counts;
        this.log = log;
        this.nanoTime = nanoTime;
        this.devices = new Budget(nanoTime.getAsLong());
        this.strangers = new Budget(nanoTime.getAsLong());
    }

    /** Guarded by itself. */
    private static final class Budget {
        private long since;
        private int lines;
        private long leftOut;

        Budget(long now) {
            since = now;
        }

        /** How many lines were left out before this one; empty if it is left out, too. */
        synchronized Optional<Long> spend(long now) {
            if (now - since >= WINDOW_NANOS) {
                since = now;
                lines = 0;
            }
            if (lines == MOST_LINES) {
                leftOut++;
                return Optional.empty();
            }
            lines++;
            long before = leftOut;
            leftOut = 0;
            return Optional.of(before);
        }
    }

    /** @param device who was connected; empty if nobody was let in */
    void note(Ending why, Optional<String> device) {
        counts.accept(why);
        if (why == Ending.DISCONNECTED) {
            return;
        }
        String whose = device.map(id -> "The MQTT connection of " + id)
                .orElse("An MQTT connection of somebody who was not let in");
        (device.isPresent() ? devices : strangers)
                .spend(nanoTime.getAsLong())
                .ifPresent(before -> log.accept(
                        whose + " ended: " + why.text() + (before == 0 ? "" : " (" + before + " more before it)")));
    }
}
