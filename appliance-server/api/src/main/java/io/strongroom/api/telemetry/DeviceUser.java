package io.strongroom.api.telemetry;

import io.strongroom.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Who uses a device: {@code GET /api/v1/telemetry/devices/{id}/users}. Times are RFC 3339.
 *
 * @param state {@code assigned}, or {@code refused} where they have as many devices as one may have
 * @param reason why they were refused, in a sentence; null where they were not
 * @param seq the record that names them
 */
public record DeviceUser(
        String device,
        UserSeen user,
        String state,
        @Nullable String reason,
        String firstSeen,
        String lastSeen,
        long seq) {
    public static DeviceUser fromJson(Json.Obj json) {
        return new DeviceUser(
                json.text("device"),
                UserSeen.fromJson(json.object("user")),
                json.text("state"),
                json.optionalText("reason"),
                json.text("firstSeen"),
                json.text("lastSeen"),
                json.integer("seq"));
    }
}
