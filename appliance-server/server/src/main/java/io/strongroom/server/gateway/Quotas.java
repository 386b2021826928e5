package io.strongroom.server.gateway;

import io.micronaut.http.HttpRequest;
import io.strongroom.api.ProblemType;
import io.strongroom.policies.Policy;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.Quota;
import io.strongroom.server.access.Caller;
import io.strongroom.server.gateway.RateLimits.Allowance;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Holds callers to what the bundle in force lets them use up: requests and records a second, bytes a UTC day. Counted by
 * caller and rule, in memory: a start begins anew, and so does another bundle that comes into force. Never waits.
 */
@Singleton
public final class Quotas {
    /** Nobody may make the appliance remember more than this; what is forgotten is found in the bundle again. */
    private static final int MOST_REMEMBERED = 10_000;

    private static final int MOST_PER_SECOND = 1_000_000_000;

    private final Policy policy;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private volatile Used used;

    @Inject
    public Quotas(Policy policy, InstantSource clock) {
        this(policy, clock, System::nanoTime);
    }

    Quotas(Policy policy, InstantSource clock, LongSupplier nanoTime) {
        this.policy = policy;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.used = new Used(policy.bundle());
    }

    /** A person's roles change; a token's never do. */
    private record Asker(String caller, Set<String> roles) {}

    private record Writer(String caller, String source) {}

    private record Spender(String caller, String rule) {}

    /** A limit on requests, and the rule that sets it. */
    private record Requests(String rule, TokenBucket bucket) {}

    /** What was used up under one bundle. The first two maps are only quicker than asking the bundle again. */
    private static final class Used {
        private final PolicyBundle bundle;
        private final Map<Asker, Optional<Requests>> byAsker = new ConcurrentHashMap<>();
        private final Map<Writer, Optional<WriteQuota>> byWriter = new ConcurrentHashMap<>();
        private final Map<Spender, TokenBucket> requests = new ConcurrentHashMap<>();
        private final Map<Spender, WriteQuota> writes = new ConcurrentHashMap<>();

        private Used(PolicyBundle bundle) {
            this.bundle = bundle;
        }

        private void forget(long now, long today) {
            if (byAsker.size() > MOST_REMEMBERED || byWriter.size() > MOST_REMEMBERED) {
                byAsker.clear();
                byWriter.clear();
                requests.values().removeIf(bucket -> bucket.isFull(now));
                writes.values().removeIf(quota -> quota.isUnused(now, today));
            }
        }
    }

    /**
     * Why something may not be done now.
     *
     * @param rule the rule of {@code quotas.yaml}
     * @param detail in a sentence
     */
    public record Exceeded(String rule, String detail, Duration retryAfter) {}

    /** A request's allowance under policy, and the rule that gives it. */
    record Asked(String rule, Allowance allowance) {
        /**
         * Tells the request which of the two limits leaves less.
         *
         * @throws ProblemException {@code quota-exceeded} if policy's left nothing
         */
        void hold(HttpRequest<?> request) {
            if (RequestFacts.allowance(request).stream().allMatch(told -> allowance.left() <= told.left())) {
                RequestFacts.allowance(request, allowance);
            }
            if (!allowance.granted()) {
                throw new ProblemException(
                                ProblemType.QUOTA_EXCEEDED,
                                rule + " allows " + allowance.policy().perSecond() + " requests a second.")
                        .retryAfter(Duration.ofSeconds(allowance.retrySeconds()));
            }
        }
    }

    /**
     * Takes one request of a caller's; empty where policy does not limit them. A token that writes for sources has the
     * lowest limit of any of them.
     */
    Optional<Asked> takeRequest(Caller caller) {
        io.strongroom.policies.Caller who = caller.asPolicySees();
        long now = nanoTime.getAsLong();
        Used under = current(now);
        return under.byAsker
                .computeIfAbsent(new Asker(who.id(), who.roles()), asker -> requests(under, who, caller.sources(), now))
                .map(limit -> new Asked(limit.rule(), limit.bucket().take(now)));
    }

    private Optional<Requests> requests(Used under, io.strongroom.policies.Caller who, Set<String> sources, long now) {
        Stream<String> each = sources.isEmpty() ? Stream.of("") : sources.stream();
        return each.map(source -> policy.quota(who, source))
                .filter(quota -> quota.requestsPerSecond().isPresent())
                .min(Comparator.comparingLong(quota -> quota.requestsPerSecond().getAsLong()))
                .map(quota -> new Requests(
                        quota.rule(),
                        under.requests.computeIfAbsent(
                                new Spender(who.id(), quota.rule()),
                                spender -> bucket(quota.requestsPerSecond().getAsLong(), now))));
    }

    /**
     * Takes one record that a caller sends for a source.
     *
     * @param bytes of its canonical form
     * @return what stands against it; empty if nothing does
     */
    public Optional<Exceeded> takeRecord(Caller caller, String source, int bytes) {
        long now = nanoTime.getAsLong();
        Used under = current(now);
        return under.byWriter
                .computeIfAbsent(new Writer(caller.id(), source), writer -> writing(under, caller, source, now))
                .flatMap(quota -> quota.take(now, clock.millis(), bytes));
    }

    /**
     * Takes the bytes of a value that a caller uploads. It is for no source, so the lowest limit holds of any that the
     * caller writes for.
     *
     * @return what stands against it; empty if nothing does
     */
    public Optional<Exceeded> takeUpload(Caller caller, long bytes) {
        long now = nanoTime.getAsLong();
        Used under = current(now);
        return caller.sources().stream()
                .map(source -> policy.quota(caller.asPolicySees(), source))
                .filter(quota -> quota.bytesPerDay().isPresent())
                .min(Comparator.comparingLong(quota -> quota.bytesPerDay().getAsLong()))
                .flatMap(quota -> writing(under, caller, quota, now))
                .flatMap(quota -> quota.takeBytes(clock.millis(), bytes));
    }

    private Optional<WriteQuota> writing(Used under, Caller caller, String source, long now) {
        return writing(under, caller, policy.quota(caller.asPolicySees(), source), now);
    }

    private Optional<WriteQuota> writing(Used under, Caller caller, Quota quota, long now) {
        if (quota.recordsPerSecond().isEmpty() && quota.bytesPerDay().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(under.writes.computeIfAbsent(
                new Spender(caller.id(), quota.rule()),
                spender -> new WriteQuota(quota.rule(), bucket(quota.recordsPerSecond(), now), quota.bytesPerDay())));
    }

    private static Optional<TokenBucket> bucket(OptionalLong perSecond, long now) {
        return perSecond.isEmpty() ? Optional.empty() : Optional.of(bucket(perSecond.getAsLong(), now));
    }

    /** Holds what a second gives. */
    private static TokenBucket bucket(long perSecond, long now) {
        int most = (int) Math.min(MOST_PER_SECOND, perSecond);
        return new TokenBucket(new RateLimits.Policy("quota", most, most), now);
    }

    private Used current(long now) {
        Used under = used;
        PolicyBundle bundle = policy.bundle();
        if (!under.bundle.equals(bundle)) {
            synchronized (this) {
                if (!used.bundle.equals(bundle)) {
                    used = new Used(bundle);
                }
                under = used;
            }
        }
        under.forget(now, WriteQuota.day(clock.millis()));
        return under;
    }
}
