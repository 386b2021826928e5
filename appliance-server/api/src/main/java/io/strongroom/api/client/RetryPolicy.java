package io.strongroom.api.client;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How often, and after what pause, a call is repeated where repeating it does no harm. The pause is drawn evenly from
 * zero to a bound that doubles each time ("full jitter"), so that many clients do not come back at once. A
 * {@code Retry-After} is obeyed, with that pause on top.
 *
 * @param maxAttempts how often to try in all, from 1
 * @param firstBoundMillis the bound of the first pause
 * @param maxBoundMillis what the bound never passes
 * @param budgetMillis how long to go on in all, pauses included; a pause that would pass it is not begun
 */
public record RetryPolicy(int maxAttempts, long firstBoundMillis, long maxBoundMillis, long budgetMillis) {
    /** Eight attempts, 100 ms to 30 s, two minutes in all. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(8, 100, 30_000, 120_000);

    /** One attempt. */
    public static final RetryPolicy NONE = new RetryPolicy(1, 0, 0, 0);

    public RetryPolicy {
        if (maxAttempts < 1 || firstBoundMillis < 0 || maxBoundMillis < firstBoundMillis || budgetMillis < 0) {
            throw new IllegalArgumentException("a retry policy has at least one attempt and no negative time");
        }
    }

    /**
     * The pause before the next attempt.
     *
     * @param attempt how many attempts have failed, from 1
     * @param spentMillis how long they took in all
     * @param retryAfter what the appliance asked for
     * @return empty if it is time to give up
     */
    Optional<Duration> pause(int attempt, long spentMillis, @Nullable Duration retryAfter, RandomGenerator random) {
        if (attempt >= maxAttempts) {
            return Optional.empty();
        }
        int doublings = Math.min(attempt - 1, 30);
        long bound = Math.min(maxBoundMillis, firstBoundMillis << doublings);
        long millis = bound == 0 ? 0 : random.nextLong(bound + 1);
        if (retryAfter != null) {
            millis += retryAfter.toMillis();
        }
        return spentMillis + millis > budgetMillis ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }
}
