package io.strongroom.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class RetryPolicyProperties {
    private static final RetryPolicy POLICY = new RetryPolicy(1_000, 100, 30_000, Long.MAX_VALUE / 4);

    @Property
    void aPauseIsNeverLongerThanItsBound(@ForAll @IntRange(min = 1, max = 999) int attempt, @ForAll long seed) {
        Duration pause = POLICY.pause(attempt, 0, null, new Random(seed)).orElseThrow();

        long bound = attempt > 10 ? 30_000 : Math.min(30_000, 100L << (attempt - 1));
        assertThat(pause).isBetween(Duration.ZERO, Duration.ofMillis(bound));
    }

    @Property
    void aPauseIsNeverShorterThanTheApplianceAskedFor(
            @ForAll @IntRange(min = 1, max = 999) int attempt,
            @ForAll @LongRange(min = 0, max = 100_000) long seconds,
            @ForAll long seed) {
        Duration asked = Duration.ofSeconds(seconds);

        assertThat(POLICY.pause(attempt, 0, asked, new Random(seed)).orElseThrow())
                .isGreaterThanOrEqualTo(asked);
    }

    @Property
    void noPauseIsBegunThatWouldPassTheBudget(@ForAll @LongRange(min = 0, max = 20_000) long spent, @ForAll long seed) {
        RetryPolicy policy = new RetryPolicy(10, 100, 1_000, 10_000);

        policy.pause(3, spent, null, new Random(seed))
                .ifPresent(pause -> assertThat(spent + pause.toMillis()).isLessThanOrEqualTo(10_000));
    }
}
