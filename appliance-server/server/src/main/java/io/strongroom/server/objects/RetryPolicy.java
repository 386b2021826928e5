package io.strongroom.server.objects;

import java.util.random.RandomGenerator;

/**
 * When to try again: exponential bounds with full jitter, so that many callers do not come back together.
 *
 * @param attempts tries in all, at least 1
 * @param baseDelayMillis bound of the first delay
 * @param maxDelayMillis bound of every delay
 */
record RetryPolicy(int attempts, long baseDelayMillis, long maxDelayMillis) {
    static final RetryPolicy DEFAULT = new RetryPolicy(4, 100, 5_000);

    RetryPolicy {
        if (attempts < 1 || baseDelayMillis < 0 || maxDelayMillis < baseDelayMillis) {
            throw new IllegalArgumentException("not a retry policy: " + attempts + " attempts, delays of "
                    + baseDelayMillis + " to " + maxDelayMillis + " ms");
        }
    }

    /** How long to wait after the {@code failed}th failure, counted from 1: anything from 0 to the bound. */
    long delayMillis(int failed, RandomGenerator random) {
        int doublings = Math.min(failed - 1, 30);
        long bound = Math.min(maxDelayMillis, baseDelayMillis << doublings);
        return random.nextLong(bound + 1);
    }
}
