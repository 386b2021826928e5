package io.strongroom.policies.diff;

import java.util.List;

/**
 * One thing that a bundle decides otherwise than another.
 *
 * @param area what it is about
 * @param streams the streams that it is about, as patterns; empty where it is about none
 * @param text in a sentence, without the streams
 */
public record Change(Area area, List<String> streams, String text) {
    public Change {
        streams = List.copyOf(streams);
    }

    /** What changes can be about, in the order in which they are told: what opens most comes first. */
    public enum Area {
        OFFICERS,
        HASHING,
        ACCESS,
        EXPORT,
        VISIBILITY,
        CLASSIFICATION,
        HANDLING,
        DETECTION,
        RETENTION,
        RESIDENCY,
        ACTIONS,
        QUOTAS,
        AGENTS
    }

    /** The sentence with its streams. */
    @Override
    public String toString() {
        if (streams.isEmpty()) {
            return text;
        }
        if (streams.equals(List.of(Universe.EVERY_STREAM))) {
            return text + " in every stream";
        }
        return text + (streams.size() == 1 ? " in stream " : " in streams ") + String.join(", ", streams);
    }
}
