package io.strongroom.server.record;

import java.util.Map;

/**
 * The appliance's own records, in {@code system.*} streams under source {@code strongroom}, which nobody else may write
 * (formats §3).
 */
public interface SystemRecords {

    /**
     * Makes a record of something that the appliance did or saw.
     *
     * @param stream e.g. {@code system.guard}, {@code system.access}, {@code system.seal}, {@code system.keys}
     * @param event what happened, to whom, by whom
     */
    Draft draft(String stream, Event event);

    /**
     * What happened.
     *
     * @param occurredAt epoch milliseconds
     * @param action e.g. {@code Seal.Closed}
     * @param outcome {@code success}, {@code failure} or {@code unknown}
     * @param actorType e.g. {@code Service}
     * @param attributes strings, numbers, booleans, lists and maps of these; no personal data
     */
    record Event(
            long occurredAt,
            String action,
            String outcome,
            String actorType,
            String actorId,
            String resourceType,
            String resourceId,
            Map<String, Object> attributes) {
        public Event {
            attributes = Map.copyOf(attributes);
        }
    }
}
