package io.strongroom.server.gateway;

import io.strongroom.server.gateway.RateLimits.Allowance;
import io.strongroom.server.gateway.RateLimits.Policy;

/** A bucket that holds a burst, refilled evenly. Time is {@link System#nanoTime}'s. */
final class TokenBucket {
    private static final double NANOS = 1e9;

    private final Policy policy;
    private double tokens;
    private long filledAt;

    TokenBucket(Policy policy, long now) {
        this.policy = policy;
        this.tokens = policy.burst();
        this.filledAt = now;
    }

    synchronized Allowance take(long now) {
        fill(now);
        boolean granted = tokens >= 1;
        if (granted) {
            tokens -= 1;
        }
        long retry = granted ? 0 : Math.max(1, (long) Math.ceil((1 - tokens) / policy.perSecond()));
        long reset = (long) Math.ceil((policy.burst() - tokens) / policy.perSecond());
        return new Allowance(policy, granted, (long) tokens, retry, reset);
    }

    synchronized boolean isFull(long now) {
        fill(now);
        return tokens >= policy.burst();
    }

    private void fill(long now) {
        tokens = Math.min(policy.burst(), tokens + (now - filledAt) / NANOS * policy.perSecond());
        filledAt = now;
    }
}
