package io.strongroom.api;

import io.strongroom.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked of a device, and what came of it: {@code /api/v1/devices/{id}/commands}. Times are RFC 3339.
 *
 * @param command what the device gets
 * @param state {@code waiting}, {@code delivered}, {@code done}, {@code failed} or {@code expired}
 * @param deliveredAt when the device got it first; null if it has not
 * @param settledAt when it told what came of it; null if it has not
 * @param reason why it failed, in a word; null if it did not
 * @param detail the same for people
 */
public record AskedCommand(
        DeviceCommand command,
        String device,
        String state,
        String madeBy,
        String madeAt,
        @Nullable String deliveredAt,
        @Nullable String settledAt,
        @Nullable String reason,
        @Nullable String detail) {
    public static AskedCommand fromJson(Json.Obj json) {
        return new AskedCommand(
                DeviceCommand.fromJson(json),
                json.text("device"),
                json.text("state"),
                json.text("madeBy"),
                json.text("madeAt"),
                json.optionalText("deliveredAt"),
                json.optionalText("settledAt"),
                json.optionalText("reason"),
                json.optionalText("detail"));
    }
}
