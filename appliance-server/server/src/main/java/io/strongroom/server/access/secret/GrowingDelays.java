package io.strongroom.server.access.secret;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Makes whoever guesses wait longer and longer: five tries are free, then one second, doubling to a quarter of an hour.
 * An attempt counts as a failure from its beginning, so that many at once are not more than one after another. Kept in
 * memory, bounded, on a clock that nobody can set.
 *
 * <p>Who is told apart by whom is for the caller to say: as long as the name <em>and</em> the address are part of the
 * key, nobody's guesses make anybody else wait.
 */
public final class GrowingDelays {
    private static final int FREE = 5;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    /** The ones that tried least recently are forgotten beyond this. */
    private static final int MOST = 10_000;

    private final LongSupplier nanoTime;

    // Guarded by this; the one that tried least recently first.
    private final Map<String, Tries> tries = new LinkedHashMap<>(16, 0.75f, true);

    private record Tries(int failures, long last, long openAt) {}

    public GrowingDelays(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Begins an attempt, unless it comes too early.
     *
     * @return how long to wait first; zero if the attempt may go on, which then counts until {@link #succeeded}
     */
    public synchronized Duration begin(String key) {
        long now = nanoTime.getAsLong();
        Tries before = tries.get(key);
        if (before != null && now - before.last > FORGOTTEN.toNanos()) {
            before = null;
        }
        if (before != null && before.openAt - now > 0) {
            return Duration.ofNanos(before.openAt - now);
        }
        int failures = before == null ? 1 : before.failures + 1;
        tries.put(key, new Tries(failures, now, now + delay(failures).toNanos()));
        while (tries.size() > MOST) {
            tries.remove(tries.keySet().iterator().next());
        }
        return Duration.ZERO;
    }

    /** Forgets what was counted. */
    public synchronized void succeeded(String key) {
        tries.remove(key);
    }

    private static Duration delay(int failures) {
        if (failures < FREE) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failures - FREE, 20);
        Duration delay = FIRST.multipliedBy(1L << doublings);
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }
}
