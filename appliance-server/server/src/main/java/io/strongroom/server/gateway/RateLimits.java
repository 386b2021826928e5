package io.strongroom.server.gateway;

import io.micronaut.http.HttpRequest;
import io.strongroom.api.ProblemType;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** One token bucket for each caller, and one for each address that calls without a token. */
@Singleton
public final class RateLimits {
    /** Full buckets are forgotten when there are more than this. */
    private static final int MOST_BUCKETS = 10_000;

    private final Policy caller;

    /** Nobody needs to try many tokens or setup codes. */
    private final Policy anonymous;

    private final LongSupplier nanoTime;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    @Inject
    public RateLimits(Settings settings) {
        this(
                new Policy(
                        "caller",
                        settings.number(Setting.RATE_PER_SECOND, 1, 1_000_000),
                        settings.number(Setting.RATE_BURST, 1, 10_000_000)),
                new Policy(
                        "anonymous",
                        settings.number(Setting.RATE_ANONYMOUS_PER_SECOND, 1, 1_000_000),
                        settings.number(Setting.RATE_ANONYMOUS_BURST, 1, 10_000_000)),
                System::nanoTime);
    }

    RateLimits(Policy caller, Policy anonymous, LongSupplier nanoTime) {
        this.caller = caller;
        this.anonymous = anonymous;
        this.nanoTime = nanoTime;
    }

    /** A limit: so many in a second on average, so many at once. */
    record Policy(String name, int perSecond, int burst) {
        /** Over how many seconds the burst is refilled. */
        long windowSeconds() {
            return Math.max(1, Math.ceilDiv(burst, perSecond));
        }
    }

    /**
     * What one request was told.
     *
     * @param granted whether it may go on
     * @param left how many more may come at once
     * @param retrySeconds when one more may come; 0 if now
     * @param resetSeconds when the burst is full again
     */
    record Allowance(Policy policy, boolean granted, long left, long retrySeconds, long resetSeconds) {
        /** The header {@code RateLimit-Policy}. */
        String policyHeader() {
            return "\"" + policy.name() + "\";q=" + policy.burst() + ";w=" + policy.windowSeconds();
        }

        /** The header {@code RateLimit}. */
        String header() {
            return "\"" + policy.name() + "\";r=" + left + ";t=" + resetSeconds;
        }
    }

    /** Takes one request of a known caller's. */
    Allowance takeOf(String callerId) {
        return take("caller " + callerId, caller);
    }

    /** Takes one request from an address that nobody is known to call from. */
    Allowance takeFrom(HttpRequest<?> request) {
        return takeFrom(request.getRemoteAddress().getAddress().getHostAddress());
    }

    Allowance takeFrom(String address) {
        return take("address " + address, anonymous);
    }

    /**
     * Tells the request what is left to its caller.
     *
     * @throws ProblemException {@code rate-limited} if nothing was
     */
    static void hold(HttpRequest<?> request, Allowance allowance) {
        RequestFacts.allowance(request, allowance);
        if (!allowance.granted()) {
            throw new ProblemException(
                            ProblemType.RATE_LIMITED,
                            "More than " + allowance.policy().perSecond() + " requests in a second.")
                    .retryAfter(Duration.ofSeconds(allowance.retrySeconds()));
        }
    }

    private Allowance take(String key, Policy policy) {
        long now = nanoTime.getAsLong();
        if (buckets.size() > MOST_BUCKETS) {
            buckets.values().removeIf(bucket -> bucket.isFull(now));
        }
        return buckets.computeIfAbsent(key, k -> new TokenBucket(policy, now)).take(now);
    }
}
