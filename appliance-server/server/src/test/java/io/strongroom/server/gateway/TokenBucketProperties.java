package io.strongroom.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.server.gateway.RateLimits.Allowance;
import io.strongroom.server.gateway.RateLimits.Policy;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class TokenBucketProperties {
    private static final double NANOS = 1e9;

    @Property
    void neverGrantsMoreThanTheBurstAndWhatTimeRefills(
            @ForAll @IntRange(min = 1, max = 1000) int perSecond,
            @ForAll @IntRange(min = 1, max = 1000) int burst,
            @ForAll @Size(max = 200) List<@LongRange(max = 100_000_000) Long> pauses) {
        TokenBucket bucket = new TokenBucket(new Policy("test", perSecond, burst), 0);
        long now = 0;
        long granted = 0;
        for (long pause : pauses) {
            now += pause;
            granted += bucket.take(now).granted() ? 1 : 0;
        }
        assertThat(granted).isLessThanOrEqualTo(burst + (long) Math.ceil(now / NANOS * perSecond));
    }

    @Property
    void oneWhoWaitsAsToldIsGranted(
            @ForAll @IntRange(min = 1, max = 1000) int perSecond, @ForAll @IntRange(min = 1, max = 50) int burst) {
        TokenBucket bucket = new TokenBucket(new Policy("test", perSecond, burst), 0);
        Allowance refused;
        do {
            refused = bucket.take(0);
        } while (refused.granted());
        assertThat(refused.left()).isZero();
        assertThat(bucket.take((long) (refused.retrySeconds() * NANOS)).granted())
                .isTrue();
    }
}
