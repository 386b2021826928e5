package io.strongroom.api.telemetry;

import io.strongroom.api.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session of somebody on a device: {@code GET /api/v1/telemetry/devices/{id}/sessions}. Times are RFC 3339, by the device's
 * clock.
 *
 * @param endedAt null while it goes on
 * @param lastAt when there was a sign of it last
 * @param evidence by which kinds of signs it is known
 * @param context what was told of it, such as the network; a member that policy hides is an object with {@code withheld}
 * @param seq the record that names the user
 */
public record DeviceSession(
        String session,
        String device,
        UserSeen user,
        String startedAt,
        @Nullable String endedAt,
        String lastAt,
        List<String> evidence,
        Json.Obj context,
        long seq) {
    public DeviceSession {
        evidence = List.copyOf(evidence);
    }

    public static DeviceSession fromJson(Json.Obj json) {
        return new DeviceSession(
                json.text("session"),
                json.text("device"),
                UserSeen.fromJson(json.object("user")),
                json.text("startedAt"),
                json.optionalText("endedAt"),
                json.text("lastAt"),
                json.texts("evidence"),
                json.object("context"),
                json.integer("seq"));
    }
}
