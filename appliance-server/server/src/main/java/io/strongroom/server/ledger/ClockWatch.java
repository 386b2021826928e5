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

    private static final long MAX_APART_NANOS = 1_000_000_000L;

    private final Clock clock;
    private final LongSupplier monotonicNanos;

    // Guarded by this. The wall clock and the monotonic clock at the last observation; a jump stays until confirmed.
    private long wallMillis;
    private long nanos;
    private Optional<String> jump = Optional.empty();

    ClockWatch(Clock clock, LongSupplier monotonicNanos) {
        this.clock = clock;
        this.monotonicNanos = monotonicNanos;
        Both now = look();
        this.wallMillis = now.millis;
        this.nanos = now.nanos;
    }

    private record Both(long millis, long nanos) {}

    /** Both clocks at one moment: a process that stood still between two looks would take that for a step. */
    private Both look() {
        while (true) {
            long before = monotonicNanos.getAsLong();
            long millis = clock.millis();
            long after = monotonicNanos.getAsLong();
            if (after - before < MAX_APART_NANOS) {
                return new Both(millis, after);
            }
        }
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
        Both now = look();
        long step = (now.millis - wallMillis) - (now.nanos - nanos) / 1_000_000;
        if (Math.abs(step) > MAX_STEP_MILLIS && jump.isEmpty()) {
            jump = Optional.of("the clock moved by " + step / 1_000 + " s against the time that has passed, to "
                    + Rfc3339.format(now.millis));
        }
        wallMillis = now.millis;
        nanos = now.nanos;
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
        Both now = look();
        wallMillis = now.millis;
        nanos = now.nanos;
        jump = Optional.empty();
    }
}
