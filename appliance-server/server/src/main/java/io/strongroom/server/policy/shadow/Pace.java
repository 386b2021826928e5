package io.strongroom.server.policy.shadow;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Holds one thread to so many steps a second, evenly; what it missed it does not catch up. */
public final class Pace {
    /** Shorter waits are put together. */
    private static final long LEAST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final long stepNanos;
    private final LongSupplier nanoTime;
    private final LongConsumer wait;

    private boolean begun;
    private long due;

    /** @param perSecond steps; 0 for as many as can be */
    public static Pace of(int perSecond) {
        return new Pace(perSecond, System::nanoTime, LockSupport::parkNanos);
    }

    /** @param wait waits for some nanoseconds, or less */
    Pace(int perSecond, LongSupplier nanoTime, LongConsumer wait) {
        this.stepNanos = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.nanoTime = nanoTime;
        this.wait = wait;
    }

    /** Called after each step. */
    void step() {
        if (stepNanos == 0) {
            return;
        }
        long now = nanoTime.getAsLong();
        due = (begun && due - now > 0 ? due : now) + stepNanos;
        begun = true;
        if (due - now >= LEAST_WAIT_NANOS) {
            wait.accept(due - now);
        }
    }
}
