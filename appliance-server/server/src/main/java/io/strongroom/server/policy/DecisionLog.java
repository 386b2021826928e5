package io.strongroom.server.policy;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.server.ledger.LedgerClosedException;
import io.strongroom.server.ledger.QueueFullException;
import io.strongroom.server.ledger.SystemTrail;
import io.strongroom.server.policy.DecisionCounts.Counted;
import io.strongroom.server.policy.DecisionCounts.Key;
import io.strongroom.server.policy.DecisionCounts.Point;
import io.strongroom.server.policy.DecisionCounts.Taken;
import io.strongroom.server.record.SystemRecords.Event;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into {@code system.policy} what the policy in force decided: where anything was, one record a minute for each
 * point and bundle, with how often each rule came to what, and a few examples. So a flood of refusals makes no flood of
 * records. Who was refused what stands in {@code system.guard}, and who read in {@code system.access}, one by one and at
 * once; here only the counts of less than a minute go with a process that is killed.
 */
final class DecisionLog implements AutoCloseable {
    static final String ACTION = "policy.decisions";

    private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);
    private static final long EACH_SECONDS = Duration.ofMinutes(1).toSeconds();

    /** Records that wait for room in the ledger; what comes after is lost, and that is logged. */
    private static final int MOST_WAITING = 500;

    private static final int LONGEST_TEXT = 120;

    private final PolicyInForce inForce;
    private final SystemTrail trail;
    private final InstantSource clock;
    private final ScheduledExecutorService each = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("policy-decisions").factory());

    // Guarded by this.
    private final List<Event> waiting = new ArrayList<>();
    private long since;

    DecisionLog(PolicyInForce inForce, SystemTrail trail, InstantSource clock) {
        this.inForce = inForce;
        this.trail = trail;
        this.clock = clock;
        this.since = clock.millis();
    }

    void start() {
        each.scheduleWithFixedDelay(this::writeQuietly, EACH_SECONDS, EACH_SECONDS, TimeUnit.SECONDS);
    }

    private void writeQuietly() {
        try {
            write();
        } catch (RuntimeException e) {
            LOG.error("what policy decided could not be recorded", e);
        }
    }

    /** Writes what was decided since the last time. Where the ledger has no room, it is written the next time. */
    synchronized void write() {
        long now = clock.millis();
        for (DecisionCounts counts : inForce.counted()) {
            for (Point point : Point.values()) {
                Counted counted = counts.take(point);
                if (!counted.counts().isEmpty()) {
                    waiting.add(event(counts.bundle(), point, counted, now));
                }
            }
        }
        since = now;
        if (waiting.isEmpty()) {
            return;
        }
        try {
            var unused = trail.begin(PolicyTrail.STREAM, List.copyOf(waiting));
            waiting.clear();
        } catch (QueueFullException e) {
            int over = waiting.size() - MOST_WAITING;
            if (over > 0) {
                waiting.subList(0, over).clear();
                LOG.warn("{} records of what policy decided are lost: the ledger has no room", over);
            }
        } catch (LedgerClosedException e) {
            LOG.warn("{} records of what policy decided could not be written: {}", waiting.size(), e.getMessage());
            waiting.clear();
        }
    }

    private Event event(PolicyBundle bundle, Point point, Counted counted, long now) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("point", point.wire());
        attributes.put("bundle", bundle.digest().toString());
        attributes.put("commit", bundle.commit());
        attributes.put("name", bundle.name());
        attributes.put("version", bundle.version());
        attributes.put("from", Rfc3339.format(since));
        attributes.put("until", Rfc3339.format(now));
        attributes.put(
                "counts", counted.counts().stream().map(DecisionLog::count).toList());
        attributes.put("samples", counted.samples());
        return new Event(
                now,
                ACTION,
                counted.refuses() ? "failure" : "success",
                PolicyTrail.appliance().type(),
                PolicyTrail.appliance().id(),
                "Policy",
                bundle.commit().isEmpty() ? bundle.name() : bundle.commit(),
                attributes);
    }

    private static Map<String, Object> count(Taken taken) {
        Key key = taken.key();
        Map<String, Object> count = new HashMap<>();
        count.put("outcome", key.outcome().wire());
        count.put("count", taken.count());
        if (!key.rule().isEmpty()) {
            count.put(
                    "rule",
                    key.rule().length() <= LONGEST_TEXT
                            ? key.rule()
                            : key.rule().substring(0, LONGEST_TEXT));
        }
        return count;
    }

    /** Writes what was decided so far. */
    @Override
    public void close() {
        each.shutdownNow();
        write();
    }
}
