package io.strongroom.server.privacy;

import io.strongroom.api.Role;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody for whose eyes records are shown, as policy sees them.
 *
 * @param who in which roles; a service token has the least role that its scope needs
 * @param purpose for what, as they state it; empty where they do not
 * @param time when
 * @param format of the pack that they take out; null where they read here
 */
public record Reader(
        io.strongroom.policies.Caller who,
        String purpose,
        Instant time,
        @Nullable String format) {

    /** Whoever makes a request and reads its answer. */
    public static Reader of(Caller caller, String purpose, Instant time) {
        return new Reader(asPolicySees(caller, Scope.READ, Role.AUDIT_READER), purpose, time, null);
    }

    /** Who asks for a pack, as it stays with the pack. */
    public static io.strongroom.policies.Caller exporting(Caller caller) {
        return asPolicySees(caller, Scope.EXPORT, Role.EXPORT_OPERATOR);
    }

    private static io.strongroom.policies.Caller asPolicySees(Caller caller, Scope scope, Role least) {
        return caller.person()
                .map(Caller.Person::asPolicySees)
                .orElseGet(() -> new io.strongroom.policies.Caller(
                        caller.id(), caller.may(scope) ? Set.of(least.wire()) : Set.of(), Map.of()));
    }
}
