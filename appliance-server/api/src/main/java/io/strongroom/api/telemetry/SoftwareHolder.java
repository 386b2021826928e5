package io.strongroom.api.telemetry;

import io.strongroom.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A device that has a package: {@code GET /api/v1/telemetry/software}.
 *
 * @param device null if policy hides its packages
 * @param withheld why it does, in a sentence; null where it does not
 */
public record SoftwareHolder(
        @Nullable String device,
        @Nullable String purl,
        @Nullable String version,
        @Nullable String since,
        @Nullable String withheld) {
    public static SoftwareHolder fromJson(Json.Obj json) {
        return new SoftwareHolder(
                json.optionalText("device"),
                json.optionalText("purl"),
                json.optionalText("version"),
                json.optionalText("since"),
                json.optionalText("withheld"));
    }
}
