package io.strongroom.server.ledger;

import io.strongroom.evidence.Rfc3339;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Finds steps of the wall clock (formats §5, Clock).
 *
 * <p>Observed often enough, a slow correction never looks like a step: each observation is measured against the one
 * before.
 */
final class ClockWatch {
    static final long MAX_STEP_MILLIS = 60_000;
    static final long MAX_BEHIND_MILLIS = 5 * 60_000L;
    static final long MAX_AHEAD_MILLIS = 30 * 24 * 3_600_000L;

    private final Clock clock;
    private final LongSupplier monotonicNanos;

    // Guarded by this. The wall clock and the monotonic clock at the last observation; a jump stays until confirmed.
    private long wallMillis;
    private long nanos;
    private Optional<String> jump = Optional.empty();

    ClockWatch(Clock clock, LongSupplier monotonicNanos) {
        this.clock = clock;
        this.monotonicNanos = monotonicNanos;
        this.wallMillis = clock.millis();
        this.nanos = monotonicNanos.getAsLong();
    }

    /** The rule at start: {@code lastAt} is the last entry's time in epoch milliseconds. */
    synchronized Optional<String> compareWith(long lastAt) {
        long now = clock.millis();
        if (now < lastAt - MAX_BEHIND_MILLIS || now > lastAt + MAX_AHEAD_MILLIS) {
            jump = Optional.of("the clock says " + Rfc3339.format(now) + " and the last entry was written at "
                    + Rfc3339.format(lastAt));
        }
        return jump;
    }

    /** What is wrong with the clock; empty while nothing is. */
    synchronized Optional<String> observe() {
        long wallNow = clock.millis();
        long nanosNow = monotonicNanos.getAsLong();
        long step = (wallNow - wallMillis) - (nanosNow - nanos) / 1_000_000;
        if (Math.abs(step) > MAX_STEP_MILLIS && jump.isEmpty()) {
            jump = Optional.of("the clock moved by " + step / 1_000 + " s against the time that has passed, to "
                    + Rfc3339.format(wallNow));
        }
        wallMillis = wallNow;
        nanos = nanosNow;
        return jump;
    }

    /** The wall clock at the last observation, epoch milliseconds: the time that was looked at. */
    synchronized long wallMillis() {
        return wallMillis;
    }

    /** What is wrong as far as was found out; does not look at the clock. */
    synchronized Optional<String> jump() {
        return jump;
    }

    /** The clock is right: an operator says so. */
    synchronized void confirm() {
        wallMillis = clock.millis();
        nanos = monotonicNanos.getAsLong();
        jump = Optional.empty();
    }
}
