package io.strongroom.server.gateway;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.Caller;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.LedgerClosedException;
import io.strongroom.server.ledger.QueueFullException;
import io.strongroom.server.ledger.SystemTrail;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.record.SystemRecords.Event;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes who read records into {@code system.access}, before they see the first byte (design §3).
 *
 * <p>A record says until when it holds: a minute. The same request of the same caller needs no other until then; it waits
 * for that one to be durable, and is counted. So nothing is ever shown that no durable record covers, and a screen that
 * is refreshed leaves one record a minute. The count stands in the next record of that view, as {@code repeats}; where
 * none follows, in a {@code Reading.Repeated} of its own beside somebody's next reading, for which nothing has to wake
 * up. Only a count can go with the process, never a reading.
 */
@Singleton
public final class AccessRecords {
    /** The attribute that holds the roles in which somebody read. */
    public static final String ROLES = "roles";

    /** The attribute that says whether they stated a purpose. */
    public static final String PURPOSE_STATED = "purposeStated";

    private static final Logger LOG = LoggerFactory.getLogger(AccessRecords.class);
    private static final String STREAM = "system.access";
    private static final String UNSEEN = "That somebody read could not be recorded, so nothing is shown.";
    private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

    /** Nobody may make the appliance remember more than this by asking in more ways. */
    private static final int MOST_VIEWS = 10_000;

    /** Counts of other views that one reading writes along. */
    private static final int MOST_AT_ONCE = 100;

    private final SystemTrail trail;
    private final InstantSource clock;

    // Guarded by this; the oldest first.
    private final Map<View, Shown> views = new LinkedHashMap<>();

    public AccessRecords(SystemTrail trail, InstantSource clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * What one request read.
     *
     * @param action e.g. {@code Records.Queried}, {@code Record.Read}
     * @param resourceType e.g. {@code Query}, {@code Record}
     * @param resourceId names it, without personal data
     * @param attributes how it was asked for: counts, the names of filters, never their values
     */
    public record Reading(String action, String resourceType, String resourceId, Map<String, Object> attributes) {
        public Reading {
            attributes = Map.copyOf(attributes);
        }

        /**
         * The same, with what policy decided by: in which roles it was read, and whether a purpose was stated. The purpose
         * itself is free text and may be personal.
         */
        public Reading by(Reader reader) {
            Map<String, Object> all = new HashMap<>(attributes);
            all.put(ROLES, reader.who().roles().stream().sorted().toList());
            all.put(PURPOSE_STATED, !reader.purpose().isBlank());
            return new Reading(action, resourceType, resourceId, all);
        }
    }

    /** Whose request it is and what it asks for, of which only a digest is kept: filters may be personal. */
    private record View(Who caller, Digest asked) {}

    /** A caller, as records name it. */
    private record Who(String type, String id) {}

    /** What was last written about a view. The repeats are guarded by the outer object. */
    private static final class Shown {
        private final long since;
        private final Reading reading;
        private final CompletableFuture<AppendOutcome> recorded;
        private long repeats;

        private Shown(long since, Reading reading, CompletableFuture<AppendOutcome> recorded) {
            this.since = since;
            this.reading = reading;
            this.recorded = recorded;
        }

        /** False too for a clock that was set back: then there had better be another record. */
        private boolean covers(long now) {
            return now >= since && now < since + MINUTE_MILLIS && !recorded.isCompletedExceptionally();
        }
    }

    /**
     * Records a reading. Returns once a record that covers it is durable; only then may anything be sent.
     *
     * @param view what was asked for, with everything that makes it another question: {@link RequestFacts#view}
     * @throws io.strongroom.server.problem.ProblemException {@code ledger-unavailable} if that cannot be said
     */
    public void read(Caller caller, String view, Reading reading) {
        trail.await(recorded(new Who(caller.type(), caller.id()), asked(view, reading), reading), UNSEEN);
    }

    /** In other roles, or with a purpose where there was none, it is another question. */
    private static Digest asked(String view, Reading reading) {
        String as = reading.attributes().get(ROLES) + " " + reading.attributes().get(PURPOSE_STATED);
        return Digest.of((as + " " + view).getBytes(StandardCharsets.UTF_8));
    }

    private synchronized CompletableFuture<AppendOutcome> recorded(Who caller, Digest asked, Reading reading) {
        long now = clock.millis();
        View view = new View(caller, asked);
        Shown last = views.get(view);
        if (last != null && last.covers(now)) {
            last.repeats++;
            return last.recorded;
        }
        Map<View, Shown> ended = ended(now, view);
        List<Event> events = new ArrayList<>(repeats(ended));
        events.add(reading(now, caller, reading, last));
        CompletableFuture<AppendOutcome> recorded = trail.begin(STREAM, events);
        // Forgotten only now: where the ledger had no room, the counts are written another time.
        views.keySet().removeAll(ended.keySet());
        views.remove(view);
        views.put(view, new Shown(now, reading, recorded));
        return recorded;
    }

    /** The oldest views whose minute is over, and the very oldest where there are too many. */
    private Map<View, Shown> ended(long now, View asked) {
        Map<View, Shown> ended = new LinkedHashMap<>();
        Iterator<Map.Entry<View, Shown>> oldest = views.entrySet().iterator();
        while (oldest.hasNext() && ended.size() < MOST_AT_ONCE) {
            Map.Entry<View, Shown> each = oldest.next();
            if (each.getValue().covers(now) && views.size() - ended.size() < MOST_VIEWS) {
                break;
            }
            if (!each.getKey().equals(asked)) {
                ended.put(each.getKey(), each.getValue());
            }
        }
        return ended;
    }

    private static Event reading(long now, Who caller, Reading reading, @Nullable Shown last) {
        Map<String, Object> attributes = new HashMap<>(reading.attributes());
        attributes.put("until", Rfc3339.format(now + MINUTE_MILLIS));
        if (last != null && last.repeats > 0) {
            attributes.put("repeats", last.repeats);
        }
        return event(now, reading.action(), caller, reading, attributes);
    }

    private static List<Event> repeats(Map<View, Shown> ended) {
        List<Event> events = new ArrayList<>();
        ended.forEach((view, shown) -> {
            if (shown.repeats > 0) {
                events.add(event(
                        shown.since,
                        "Reading.Repeated",
                        view.caller(),
                        shown.reading,
                        Map.of("of", shown.reading.action(), "repeats", shown.repeats)));
            }
        });
        return events;
    }

    private static Event event(
            long occurredAt, String action, Who caller, Reading reading, Map<String, Object> attributes) {
        return new Event(
                occurredAt,
                action,
                "success",
                caller.type(),
                caller.id(),
                reading.resourceType(),
                reading.resourceId(),
                attributes);
    }

    /** Writes the counts that no reading has written yet. */
    @PreDestroy
    synchronized void stop() {
        List<Event> events = repeats(views);
        views.clear();
        try {
            for (int from = 0; from < events.size(); from += MOST_AT_ONCE) {
                var unused = trail.begin(STREAM, events.subList(from, Math.min(from + MOST_AT_ONCE, events.size())));
            }
        } catch (QueueFullException | LedgerClosedException e) {
            LOG.warn("{} counts of repeated readings could not be recorded: {}", events.size(), e.getMessage());
        }
    }
}
