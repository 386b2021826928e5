package io.strongroom.agent.launch;

import org.jspecify.annotations.Nullable;

/**
 * Why the agent has to be started again.
 *
 * @param collector whose thread used the processor most meanwhile; null if none did
 * @param told for a person
 */
record Overrun(Cause cause, @Nullable String collector, String told) {

    enum Cause {
        /** It took too much memory. */
        MEMORY,
        /** It took too much of the processor for too long. */
        CPU,
        /** It gave no sign of life. */
        HUNG,
        /** It ended by itself. */
        ENDED
    }
}
