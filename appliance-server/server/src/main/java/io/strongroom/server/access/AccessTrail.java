package io.strongroom.server.access;

import java.util.Map;

/** Where this slice has recorded what people did. The ledger knows this slice, so this slice cannot know the ledger. */
public interface AccessTrail {

    /**
     * What somebody did just now.
     *
     * @param actorType as {@link Caller#type}
     * @param attributes strings, numbers, booleans, lists and maps of these; no personal data
     */
    record Deed(
            String actorType,
            String actor,
            String action,
            String resourceType,
            String resource,
            Map<String, Object> attributes) {
        public Deed {
            attributes = Map.copyOf(attributes);
        }
    }

    /**
     * Records it and returns once that is durable.
     *
     * @param stream {@code system.access} or {@code system.admin}
     * @throws RuntimeException if it is not known to be durable: then nothing must come of it
     */
    void tell(String stream, Deed deed);
}
