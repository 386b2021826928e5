package io.strongroom.server.telemetry.incident.rule;

import java.util.Locale;
import java.util.Optional;

/** How bad it is. */
public enum Severity {
    /** Evidence is lost, or somebody else speaks for the device. */
    S1,
    /** The device does not do what it is there for, or soon will not. */
    S2,
    /** Somebody should know. */
    S3;

    public boolean isWorseThan(Severity other) {
        return compareTo(other) < 0;
    }

    /** The severity of that name, in any case. */
    public static Optional<Severity> of(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "S1" -> Optional.of(S1);
            case "S2" -> Optional.of(S2);
            case "S3" -> Optional.of(S3);
            default -> Optional.empty();
        };
    }
}
