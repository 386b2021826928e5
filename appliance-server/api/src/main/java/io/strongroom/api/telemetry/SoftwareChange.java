package io.strongroom.api.telemetry;

import io.strongroom.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A package that came to a device or went: {@code GET /api/v1/telemetry/devices/{id}/software/changes}.
 *
 * @param purl its package URL
 * @param change {@code added} or {@code removed}
 * @param occurredAt when it was told, RFC 3339
 * @param seq the record that says so
 */
public record SoftwareChange(String purl, @Nullable String version, String change, String occurredAt, long seq) {
    public static SoftwareChange fromJson(Json.Obj json) {
        return new SoftwareChange(
                json.text("purl"),
                json.optionalText("version"),
                json.text("change"),
                json.text("occurredAt"),
                json.integer("seq"));
    }
}
