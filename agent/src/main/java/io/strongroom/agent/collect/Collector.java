package io.strongroom.agent.collect;

import io.strongroom.evidence.StreamName;
import java.io.IOException;

/**
 * Collects one kind of thing. Called by one thread, again and again; it keeps nothing that it could not do without, for what
 * counts after a start is how far it has come by the queue.
 */
public interface Collector {
    /** What it is called, in settings and status. */
    String name();

    /** Where its records go. */
    StreamName stream();

    /**
     * Gives to the intake some of what is new.
     *
     * @return whether there is more at once
     * @throws IOException if it could not; it is called again later
     */
    boolean collect(Intake intake) throws IOException, InterruptedException;
}
