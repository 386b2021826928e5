package io.strongroom.agent.send;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: drawn evenly from zero to a bound that doubles ("full jitter"), so that a fleet does
 * not come back at once. What the appliance asks for is waited in full, and the draw on top.
 *
 * @param firstBoundMillis the bound after the first failure
 * @param mostBoundMillis what the bound never passes
 */
public record Backoff(long firstBoundMillis, long mostBoundMillis) {
    /** 1 s to 5 minutes. */
    public static final Backoff DEFAULT = new Backoff(1_000, 300_000);

    private static final Duration MOST_ASKED_FOR = Duration.ofHours(1);

    /**
     * The pause.
     *
     * @param failures in a row, from 1
     * @param asked what the appliance asked for; an hour at most is believed
     */
    public Duration pause(int failures, Optional<Duration> asked, RandomGenerator random) {
        long bound = Math.min(mostBoundMillis, firstBoundMillis << Math.min(20, failures - 1));
        Duration drawn = Duration.ofMillis(random.nextLong(bound + 1));
        return asked.map(wait -> wait.compareTo(MOST_ASKED_FOR) > 0 ? MOST_ASKED_FOR : wait)
                .map(drawn::plus)
                .orElse(drawn);
    }
}
