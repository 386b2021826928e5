package io.strongroom.api;

import java.util.Locale;
import java.util.Optional;

/** Where a pack is on its way. */
public enum ExportState {
    QUEUED,
    RUNNING,
    READY,
    FAILED,
    CANCELLED,
    EXPIRED;

    /** Whether nothing more will happen, but for a ready pack's expiry. */
    public boolean settled() {
        return this != QUEUED && this != RUNNING;
    }

    /** The name on the wire, in lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that name. */
    public static Optional<ExportState> ofWire(String name) {
        for (ExportState state : values()) {
            if (state.wire().equals(name)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
