package io.strongroom.api;

import java.util.Locale;
import java.util.Optional;

/** How an action ended. */
public enum Outcome {
    SUCCESS,
    FAILURE,
    UNKNOWN;

    /** The name on the wire, in lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome of that name. */
    public static Optional<Outcome> ofWire(String name) {
        for (Outcome outcome : values()) {
            if (outcome.wire().equals(name)) {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }
}
