package io.strongroom.api;

import io.strongroom.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * By what one device is enrolled: {@code /api/v1/devices/tokens}. Times are RFC 3339.
 *
 * @param code what the device is told: null but in the answer that made it
 * @param usedAt when a device showed it; null if none has
 * @param device which did; null likewise
 */
public record EnrolmentToken(
        String id,
        @Nullable String code,
        String label,
        String group,
        String madeBy,
        String madeAt,
        String expiresAt,
        @Nullable String usedAt,
        @Nullable String revokedAt,
        @Nullable String device) {
    public static EnrolmentToken fromJson(Json.Obj json) {
        return new EnrolmentToken(
                json.text("id"),
                json.optionalText("code"),
                json.text("label"),
                json.text("group"),
                json.text("madeBy"),
                json.text("madeAt"),
                json.text("expiresAt"),
                json.optionalText("usedAt"),
                json.optionalText("revokedAt"),
                json.optionalText("device"));
    }

    /** Leaves the code out: it is a secret. */
    @Override
    public String toString() {
        return "EnrolmentToken[id=" + id + ", label=" + label + ", group=" + group + ", expiresAt=" + expiresAt + "]";
    }
}
