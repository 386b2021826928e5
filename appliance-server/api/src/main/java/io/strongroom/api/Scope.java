package io.strongroom.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a service token may be used for. */
public enum Scope {
    /** Append records of the token's sources. */
    INGEST,
    /** Query records and read entries. */
    READ,
    /** Make and download evidence packs. */
    EXPORT,
    /** Propose changes of the policy. */
    POLICY,
    /** Make and revoke tokens, and everything else. */
    ADMIN;

    /** The name on the wire: {@code ingest}, {@code read}, {@code export}, {@code policy}, {@code admin}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names, separated by commas. */
    public static String names() {
        return Arrays.stream(values()).map(Scope::wire).collect(Collectors.joining(", "));
    }

    /** The scope of that name. */
    public static Optional<Scope> ofWire(String name) {
        for (Scope scope : values()) {
            if (scope.wire().equals(name)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }
}
