package io.strongroom.agent.pace;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Holds the whole process to its share of a processor: whoever did something asks how long to rest. What the process used,
 * for whatever, is taken from an account that fills at four fifths of the limit and holds a fifth of what the limit allows
 * in its window; so a window never has more than the limit, unless one single step does. That the launcher is for.
 */
public final class Pace {
    /** As much as it likes. */
    public static final Pace UNLIMITED = new Pace(1_000_000, Duration.ofDays(1), () -> 0, () -> 0);

    private final double share;
    private final double most;
    private final LongSupplier nanos;
    private final LongSupplier usedNanos;

    // Guarded by this, in nanoseconds of the processor.
    private double account;
    private long at;
    private long used;

    /**
     * Begins with a full account.
     *
     * @param percent of one processor
     * @param window over which that is averaged
     * @param usedNanos what the process has used of the processor
     */
    public Pace(int percent, Duration window, LongSupplier nanos, LongSupplier usedNanos) {
        this.share = percent / 100.0 * 4 / 5;
        this.most = percent / 100.0 / 5 * window.toNanos();
        this.nanos = nanos;
        this.usedNanos = usedNanos;
        this.account = most;
        this.at = nanos.getAsLong();
        this.used = usedNanos.getAsLong();
    }

    /** How long to rest before the next step; zero while the account is not overdrawn. */
    public synchronized Duration rest() {
        long now = nanos.getAsLong();
        long usedNow = usedNanos.getAsLong();
        account = Math.min(most, account + (now - at) * share) - (usedNow - used);
        at = now;
        used = usedNow;
        return account >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-account / share));
    }
}
