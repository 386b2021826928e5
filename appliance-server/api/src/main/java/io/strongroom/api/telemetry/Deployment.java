package io.strongroom.api.telemetry;

import io.strongroom.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A deployment job on one device: {@code GET /api/v1/telemetry/deployments}. Times are RFC 3339, by the device's clock.
 *
 * @param job its id; null if policy hides it
 * @param product the package, mostly its URL; null as above, and if it was not told
 * @param state {@code started}, {@code succeeded}, {@code failed} or {@code rolled-back}
 * @param startedAt null if that was not told
 * @param tookMillis null while it is not over, or if its times do not say
 * @param seq the record that says how it stands
 */
public record Deployment(
        String device,
        @Nullable String job,
        @Nullable String product,
        String state,
        @Nullable String startedAt,
        String lastAt,
        @Nullable Long tookMillis,
        long seq) {
    public static Deployment fromJson(Json.Obj json) {
        return new Deployment(
                json.text("device"),
                json.optionalText("job"),
                json.optionalText("package"),
                json.text("state"),
                json.optionalText("startedAt"),
                json.text("lastAt"),
                json.optionalInteger("tookMillis").isPresent() ? (Long) json.integer("tookMillis") : null,
                json.integer("seq"));
    }
}
