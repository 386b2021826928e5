package io.strongroom.policies.diff;

import io.strongroom.policies.bundle.SampleStreams;
import io.strongroom.policies.diff.Phrase.Kind;
import java.util.List;

/**
 * One thing that a bundle decides otherwise than another.
 *
 * @param area what it is about
 * @param streams the streams that it is about, as patterns; empty where it is about none
 * @param what is decided otherwise, without the streams
 */
public record Change(Area area, List<String> streams, Phrase what) {
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
    public Phrase sentence() {
        if (streams.isEmpty()) {
            return what;
        }
        if (streams.equals(List.of(Universe.EVERY_STREAM))) {
            return Phrase.of(Kind.IN_EVERY_STREAM, what);
        }
        Phrase in =
                Phrase.joined(Kind.ALL_OF, streams.stream().map(Change::stream).toList());
        return Phrase.of(streams.size() == 1 ? Kind.IN_STREAM : Kind.IN_STREAMS, what, in);
    }

    private static Phrase stream(String pattern) {
        return pattern.equals(SampleStreams.OTHER) ? Phrase.of(Kind.OTHER_STREAMS) : Phrase.name(pattern);
    }

    /** The sentence with its streams, in English. */
    @Override
    public String toString() {
        return sentence().toString();
    }
}
