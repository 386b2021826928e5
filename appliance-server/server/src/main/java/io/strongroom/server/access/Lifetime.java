package io.strongroom.server.access;

import java.time.Duration;

/** Whether what was given at one time, until another, still holds. All in epoch milliseconds. */
public final class Lifetime {
    /** By how much the clock may have been set back, as a time service does, without ending what was given before. */
    private static final long TOLERANCE_MILLIS = Duration.ofMinutes(1).toMillis();

    private Lifetime() {}

    /** What was given in the future does not hold: a clock that is set back must not make anything live longer. */
    public static boolean holds(long from, long until, long now) {
        return now < until && from <= latestBeginning(now);
    }

    /** The latest time that something which holds now can have been given. */
    static long latestBeginning(long now) {
        return now + TOLERANCE_MILLIS;
    }
}
