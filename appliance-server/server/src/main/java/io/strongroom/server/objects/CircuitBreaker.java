package io.strongroom.server.objects;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Stops asking a service that does not answer: after a number of failures in a row nothing is asked for a while, then
 * one call at a time finds out whether it is back. A success closes it.
 */
final class CircuitBreaker {
    private final int threshold;
    private final long pauseMillis;
    private final InstantSource clock;

    // Guarded by this.
    private int failures;
    /** Epoch milliseconds until which nothing is asked; meaningful while failures ≥ threshold. */
    private long closedAgainAt;

    CircuitBreaker(int threshold, Duration pause, InstantSource clock) {
        this.threshold = threshold;
        this.pauseMillis = pause.toMillis();
        this.clock = clock;
    }

    /** Milliseconds for which nothing may be asked; 0 if the caller may ask, and then must tell how it went. */
    synchronized long refusedForMillis() {
        if (failures < threshold) {
            return 0;
        }
        long now = clock.millis();
        if (now < closedAgainAt) {
            return closedAgainAt - now;
        }
        // This caller finds out; the others wait for another pause or for its success.
        closedAgainAt = now + pauseMillis;
        return 0;
    }

    synchronized void succeeded() {
        failures = 0;
    }

    synchronized void failed() {
        failures = Math.min(failures + 1, threshold);
        if (failures == threshold) {
            closedAgainAt = clock.millis() + pauseMillis;
        }
    }
}
