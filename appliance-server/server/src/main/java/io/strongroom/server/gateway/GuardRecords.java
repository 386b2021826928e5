package io.strongroom.server.gateway;

import io.strongroom.api.ProblemType;
import io.strongroom.server.ledger.Ledger;
import io.strongroom.server.ledger.LedgerClosedException;
import io.strongroom.server.ledger.QueueFullException;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.SystemRecords;
import io.strongroom.server.record.SystemRecords.Event;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
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
 * Writes guard decisions into {@code system.guard}: one record for each of a known caller's; those of unknown callers,
 * and refusals for the rate, added up in one record per outcome, route and minute, so that a flood makes no flood.
 */
@Singleton
public final class GuardRecords {
    private static final Logger LOG = LoggerFactory.getLogger(GuardRecords.class);
    private static final String STREAM = "system.guard";
    private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

    /** Nobody may make the appliance remember more than this by asking in more ways. */
    private static final int MOST_TALLIES = 1_000;

    private final SystemRecords records;
    private final Ledger ledger;
    private final InstantSource clock;
    private final ScheduledExecutorService flusher;

    // Guarded by this.
    private final Map<Tally, Long> tallies = new HashMap<>();

    public GuardRecords(SystemRecords records, Ledger ledger, InstantSource clock) {
        this.records = records;
        this.ledger = ledger;
        this.clock = clock;
        this.flusher = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("guard-records").factory());
    }

    /** What is added up. */
    private record Tally(ProblemType outcome, String route, long minute) {}

    @PostConstruct
    void start() {
        flusher.scheduleWithFixedDelay(this::flushPast, MINUTE_MILLIS, MINUTE_MILLIS / 6, TimeUnit.MILLISECONDS);
    }

    /** Records one decision about a caller who is known. Does not wait for the ledger. */
    public void record(GuardDecision decision) {
        if (GuardDecision.isAddedUp(decision.outcome())) {
            count(decision.outcome(), decision.route());
            return;
        }
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("outcome", decision.outcome().code());
        attributes.put("route", decision.route());
        attributes.put("requestId", decision.requestId());
        if (!decision.evidenceRef().isEmpty()) {
            attributes.put("evidenceRef", decision.evidenceRef());
        }
        append(
                List.of(event(
                        decision.outcome(),
                        clock.millis(),
                        decision.caller().type(),
                        decision.caller().id(),
                        decision.route(),
                        attributes)),
                decision.outcome(),
                decision.route());
    }

    /** Adds one decision up that is about nobody known. */
    public synchronized void count(ProblemType outcome, String route) {
        Tally tally = new Tally(outcome, route, clock.millis() / MINUTE_MILLIS);
        if (tallies.size() >= MOST_TALLIES && !tallies.containsKey(tally)) {
            tally = new Tally(outcome, "other", tally.minute());
        }
        tallies.merge(tally, 1L, Long::sum);
    }

    /** Writes the minutes that are over. */
    private void flushPast() {
        flush(clock.millis() / MINUTE_MILLIS);
    }

    private void flush(long before) {
        Map<Tally, Long> due = new HashMap<>();
        synchronized (this) {
            tallies.forEach((tally, count) -> {
                if (tally.minute() < before) {
                    due.put(tally, count);
                }
            });
            tallies.keySet().removeAll(due.keySet());
        }
        List<Event> events = new ArrayList<>();
        due.forEach((tally, count) -> events.add(event(
                tally.outcome(),
                tally.minute() * MINUTE_MILLIS,
                "Anonymous",
                "unknown",
                tally.route(),
                Map.of("outcome", tally.outcome().code(), "route", tally.route(), "count", count))));
        if (events.isEmpty()) {
            return;
        }
        try {
            ledger.append(drafts(events));
        } catch (QueueFullException e) {
            // They are counted on, and written with a later minute's.
            synchronized (this) {
                due.forEach((tally, count) -> tallies.merge(tally, count, Long::sum));
            }
        } catch (LedgerClosedException e) {
            LOG.warn("{} guard tallies could not be recorded: {}", events.size(), e.getMessage());
        }
    }

    private void append(List<Event> events, ProblemType outcome, String route) {
        try {
            ledger.append(drafts(events));
        } catch (QueueFullException e) {
            count(outcome, route);
        } catch (LedgerClosedException e) {
            LOG.warn("a guard decision {} could not be recorded: {}", outcome.code(), e.getMessage());
        }
    }

    private List<Draft> drafts(List<Event> events) {
        return events.stream().map(event -> records.draft(STREAM, event)).toList();
    }

    private static Event event(
            ProblemType outcome,
            long at,
            String actorType,
            String actorId,
            String route,
            Map<String, Object> attributes) {
        return new Event(at, GuardDecision.action(outcome), "failure", actorType, actorId, "Route", route, attributes);
    }

    /** Writes what has been added up so far. */
    @PreDestroy
    void stop() {
        flusher.shutdownNow();
        flush(Long.MAX_VALUE);
    }
}
