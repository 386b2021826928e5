package io.strongroom.api.telemetry;

import io.strongroom.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A user of a device, as far as the caller may see them.
 *
 * @param key by which they are the same on all devices; null if policy hides them
 * @param name null as above
 * @param mask what was done to the name, as bundles call it; null if nothing was
 * @param withheld why policy hides them, in a sentence; null where it does not
 */
public record UserSeen(
        @Nullable String key,
        @Nullable Json name,
        @Nullable String mask,
        @Nullable String withheld) {
    public static UserSeen fromJson(Json.Obj json) {
        return new UserSeen(
                json.optionalText("key"),
                json.get("name").orElse(null),
                json.optionalText("mask"),
                json.optionalText("withheld"));
    }
}
