package io.strongroom.api.telemetry;

import io.strongroom.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A package on a device: {@code GET /api/v1/telemetry/devices/{id}/software}.
 *
 * @param purl its package URL
 * @param status as the system's package manager calls it; null where it does not
 * @param since when it was first told, RFC 3339
 * @param seq the record that says so
 */
public record InstalledSoftware(
        String purl, @Nullable String version, @Nullable String status, String since, long seq) {
    public static InstalledSoftware fromJson(Json.Obj json) {
        return new InstalledSoftware(
                json.text("purl"),
                json.optionalText("version"),
                json.optionalText("status"),
                json.text("since"),
                json.integer("seq"));
    }
}
