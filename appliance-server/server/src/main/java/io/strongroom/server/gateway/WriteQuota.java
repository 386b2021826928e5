package io.strongroom.server.gateway;

import io.strongroom.server.gateway.Quotas.Exceeded;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What one caller may write under one rule, and has written: records a second, bytes a UTC day. */
final class WriteQuota {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final String rule;
    private final Optional<TokenBucket> records;
    private final OptionalLong bytesPerDay;

    // Guarded by this.
    private long day;
    private long bytes;

    WriteQuota(String rule, Optional<TokenBucket> records, OptionalLong bytesPerDay) {
        this.rule = rule;
        this.records = records;
        this.bytesPerDay = bytesPerDay;
    }

    /** The UTC day of a time, counted from 1970. */
    static long day(long epochMillis) {
        return Math.floorDiv(epochMillis, DAY_MILLIS);
    }

    /**
     * Takes one record.
     *
     * @param now {@link System#nanoTime}'s
     */
    Optional<Exceeded> take(long now, long epochMillis, int more) {
        if (records.isPresent()) {
            RateLimits.Allowance allowance = records.get().take(now);
            if (!allowance.granted()) {
                return Optional.of(new Exceeded(
                        rule,
                        rule + " allows " + allowance.policy().perSecond() + " records a second.",
                        Duration.ofSeconds(allowance.retrySeconds())));
            }
        }
        return takeBytes(epochMillis, more);
    }

    /** Takes bytes that are no record's. */
    Optional<Exceeded> takeBytes(long epochMillis, long more) {
        return bytesPerDay.isEmpty() ? Optional.empty() : takeBytes(epochMillis, more, bytesPerDay.getAsLong());
    }

    private synchronized Optional<Exceeded> takeBytes(long epochMillis, long more, long most) {
        long today = day(epochMillis);
        if (today != day) {
            day = today;
            bytes = 0;
        }
        if (more > most - bytes) {
            return Optional.of(new Exceeded(
                    rule,
                    rule + " allows " + most + " bytes of records and uploads a day (UTC).",
                    Duration.ofMillis((today + 1) * DAY_MILLIS - epochMillis)));
        }
        bytes += more;
        return Optional.empty();
    }

    /** Whether nothing of it is used up, so that it may be forgotten. */
    synchronized boolean isUnused(long now, long today) {
        return (bytes == 0 || day != today)
                && records.map(bucket -> bucket.isFull(now)).orElse(true);
    }
}
