package io.strongroom.api.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * Which devices; a member that is null lets all through.
 *
 * @param state {@code pending}, {@code active}, {@code locked}, {@code revoked} or {@code refused}
 * @param silentSince those of which nothing has come since this RFC 3339 time
 */
public record FleetFilter(
        @Nullable String state,
        @Nullable String group,
        @Nullable String silentSince) {
    public static final FleetFilter ALL = new FleetFilter(null, null, null);
}
