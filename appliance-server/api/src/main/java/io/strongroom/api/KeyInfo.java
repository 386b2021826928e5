package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A key by which an officer signs.
 *
 * @param id SHA-256 of its SubjectPublicKeyInfo, {@code sha256:…}: how signatures name it
 * @param publicKey the SubjectPublicKeyInfo in DER, base64
 * @param enrolledAt RFC 3339
 * @param revokedAt RFC 3339; null while it counts
 */
public record KeyInfo(
        String id,
        String officer,
        String publicKey,
        String enrolledAt,
        @Nullable String revokedAt) {
    public KeyInfo {
        requireNonNull(id, "id is null");
        requireNonNull(officer, "officer is null");
        requireNonNull(publicKey, "publicKey is null");
        requireNonNull(enrolledAt, "enrolledAt is null");
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("id", id)
                .put("officer", officer)
                .put("publicKey", publicKey)
                .put("enrolledAt", enrolledAt)
                .put("revokedAt", revokedAt)
                .build();
    }

    public static KeyInfo fromJson(Json.Obj json) {
        return new KeyInfo(
                json.text("id"),
                json.text("officer"),
                json.text("publicKey"),
                json.text("enrolledAt"),
                json.optionalText("revokedAt"));
    }
}
