package io.strongroom.console.incidents;

import io.strongroom.api.telemetry.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the course of an incident.
 *
 * @param by who did it; empty where its rule did
 * @param because why it was closed; empty where that is not the case
 * @param seq the entry of the ledger that shows it; null where none is named
 */
record Event(
        Kind kind,
        Instant at,
        String by,
        String because,
        @Nullable Long seq) {
    enum Kind {
        /** A record showed what is wrong. */
        OPENED,
        /** The newest record that still shows it. */
        KEPT_UP,
        ACKNOWLEDGED,
        /** Its rule saw that it is over. */
        CLEARED,
        CLOSED
    }

    /** The course of an incident, the oldest first. */
    static List<Event> of(Incident incident) {
        List<Event> events = new ArrayList<>();
        List<Long> records = incident.records();
        events.add(byRule(Kind.OPENED, incident.openedAt(), records.isEmpty() ? null : records.getFirst()));
        if (records.size() > 1) {
            events.add(byRule(Kind.KEPT_UP, incident.lastAt(), records.getLast()));
        }
        add(events, Kind.ACKNOWLEDGED, incident.acknowledged());
        if (incident.clearedAt() != null) {
            events.add(byRule(Kind.CLEARED, incident.clearedAt(), null));
        }
        add(events, Kind.CLOSED, incident.closed());
        // It begins with what opened it, whatever the clocks say of what came after; what happened at the same moment
        // stays in
        // the order of its kinds.
        events.subList(1, events.size()).sort(Comparator.comparing(Event::at));
        return events;
    }

    private static Event byRule(Kind kind, String at, @Nullable Long seq) {
        return new Event(kind, Instant.parse(at), "", "", seq);
    }

    private static void add(List<Event> events, Kind kind, Incident.@Nullable Deed deed) {
        if (deed != null) {
            events.add(new Event(kind, Instant.parse(deed.at()), deed.by(), deed.because(), null));
        }
    }
}
