package io.strongroom.agent.queue;

import io.strongroom.evidence.StreamName;

/** Makes the line that says what is lost. */
@FunctionalInterface
public interface Notices {
    byte[] line(StreamName stream, Gap gap);
}
