package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;

/**
 * What a session calls with.
 *
 * @param accessToken what to send as {@code Authorization: Bearer}
 * @param refreshToken gives the next two, once
 * @param accessExpiresAt until when the access token holds, RFC 3339
 * @param accessSeconds how long it holds from now on: whoever's clock is wrong knows, too
 * @param endsAt when the session ends, and its person signs in again, RFC 3339
 */
public record SessionTokens(
        String accessToken, String refreshToken, String accessExpiresAt, long accessSeconds, String endsAt) {
    public SessionTokens {
        requireNonNull(accessToken, "accessToken is null");
        requireNonNull(refreshToken, "refreshToken is null");
        requireNonNull(accessExpiresAt, "accessExpiresAt is null");
        requireNonNull(endsAt, "endsAt is null");
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("accessToken", accessToken)
                .put("refreshToken", refreshToken)
                .put("accessExpiresAt", accessExpiresAt)
                .put("accessSeconds", accessSeconds)
                .put("endsAt", endsAt)
                .build();
    }

    public static SessionTokens fromJson(Json.Obj json) {
        return new SessionTokens(
                json.text("accessToken"),
                json.text("refreshToken"),
                json.text("accessExpiresAt"),
                json.optionalInteger("accessSeconds").orElse(0),
                json.text("endsAt"));
    }

    /** Leaves the tokens out: they are secrets. */
    @Override
    public String toString() {
        return "SessionTokens[accessExpiresAt=" + accessExpiresAt + ", endsAt=" + endsAt + "]";
    }
}
