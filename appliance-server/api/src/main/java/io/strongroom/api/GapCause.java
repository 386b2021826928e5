package io.strongroom.api;

import java.util.Locale;
import java.util.Optional;

/** Why lines of a device are lost, or its queue begins anew: {@code attributes.cause} of a line {@code agent.gap}. */
public enum GapCause {
    /** There was no room. */
    EVICTED,
    /** There was no room; every second line is kept. */
    DOWNSAMPLED,
    /** They were older than lines may get. */
    AGED,
    /** What stood on disk is not what was written. */
    DAMAGED,
    /** The queue was created anew, because it was gone. */
    QUEUE_LOST,
    /** The queue was set back to an earlier state. Lines may come twice. */
    QUEUE_RESTORED,
    /** The appliance knows another batch in this place. Lines may come twice. */
    CONFLICT,
    /** The queue was asked to begin a new epoch. Nothing is lost. */
    ROTATED;

    /** The action of the lines that say so. */
    public static final String NOTICE = "agent.gap";

    /** The name on the wire, such as {@code queue-lost}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The cause of that name. */
    public static Optional<GapCause> ofWire(String name) {
        for (GapCause cause : values()) {
            if (cause.wire().equals(name)) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }
}
