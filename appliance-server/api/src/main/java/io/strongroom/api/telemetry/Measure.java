package io.strongroom.api.telemetry;

import io.strongroom.api.json.Json;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The newest value of something that a device measures: {@code GET /api/v1/telemetry/devices/{id}/health}.
 *
 * @param metric its OpenTelemetry name; where there are several, its part follows in brackets
 * @param stream where the device tells it; the same metric may come in several
 * @param pointer where in the record it stands; the same metric may stand in several places
 * @param at when it was measured, by the device's clock, RFC 3339; null if policy hides it
 * @param value empty if policy hides it
 * @param withheld why it does, in a sentence; null where it does not
 * @param seq the record that says so
 */
public record Measure(
        String metric,
        String stream,
        String pointer,
        @Nullable String at,
        OptionalDouble value,
        @Nullable String withheld,
        long seq) {
    public static Measure fromJson(Json.Obj json) {
        return new Measure(
                json.text("metric"),
                json.text("stream"),
                json.text("pointer"),
                json.optionalText("at"),
                json.optionalNumber("value"),
                json.optionalText("withheld"),
                json.integer("seq"));
    }
}
