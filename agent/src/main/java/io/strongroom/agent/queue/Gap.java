package io.strongroom.agent.queue;

import org.jspecify.annotations.Nullable;

/**
 * Lines that are lost, and why: what an {@code agent.gap} line says.
 *
 * @param first sequence of the first of them
 * @param last of the last; below {@code first} if how many is not known
 * @param cause one of the constants
 * @param epoch in which these sequences counted, if it is not the line's own
 */
public record Gap(
        long first, long last, String cause, @Nullable String epoch) {
    /** There was no room. */
    public static final String EVICTED = "evicted";

    /** There was no room; every second line is kept. */
    public static final String THINNED = "downsampled";

    /** They were older than lines may get. */
    public static final String AGED = "aged";

    /** What stood on disk is not what was written. */
    public static final String DAMAGED = "damaged";

    /** The queue was created anew, because it was gone. */
    public static final String QUEUE_LOST = "queue-lost";

    /** The queue was set back to an earlier state. Lines may come twice. */
    public static final String QUEUE_RESTORED = "queue-restored";

    /** The appliance knows another batch in this place. Lines may come twice. */
    public static final String CONFLICT = "conflict";

    /** The queue was asked to begin a new epoch. Nothing is lost. */
    public static final String ROTATED = "rotated";

    Gap in(String which) {
        return new Gap(first, last, cause, which);
    }
}
