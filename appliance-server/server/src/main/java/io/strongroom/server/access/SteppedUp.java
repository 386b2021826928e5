package io.strongroom.server.access;

import java.time.Duration;

/**
 * When somebody last showed their second factor in a session.
 *
 * @param at epoch milliseconds; 0 if not yet
 */
public record SteppedUp(long at) {
    /** For how long it counts. */
    public static final Duration HOLDS = Duration.ofMinutes(5);

    /** Not yet. */
    static final SteppedUp NEVER = new SteppedUp(0);

    /** Whether it still counts. A clock that was set back does not make it count longer. */
    public boolean counts(long now) {
        return Lifetime.holds(at, at + HOLDS.toMillis(), now);
    }
}
