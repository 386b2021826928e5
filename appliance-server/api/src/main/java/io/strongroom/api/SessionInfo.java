package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * One of a person's own sessions. Times are RFC 3339.
 *
 * @param address from where it was begun
 * @param stepUpUntil until when the second factor counts as just shown; null if it must be shown first
 */
public record SessionInfo(
        String id,
        Account account,
        String address,
        String madeAt,
        String endsAt,
        @Nullable String stepUpUntil) {
    public SessionInfo {
        requireNonNull(id, "id is null");
        requireNonNull(account, "account is null");
        requireNonNull(address, "address is null");
        requireNonNull(madeAt, "madeAt is null");
        requireNonNull(endsAt, "endsAt is null");
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("id", id)
                .put("account", account.toJson())
                .put("address", address)
                .put("madeAt", madeAt)
                .put("endsAt", endsAt)
                .put("stepUpUntil", stepUpUntil)
                .build();
    }

    public static SessionInfo fromJson(Json.Obj json) {
        return new SessionInfo(
                json.text("id"),
                Account.fromJson(json.object("account")),
                json.text("address"),
                json.text("madeAt"),
                json.text("endsAt"),
                json.optionalText("stepUpUntil"));
    }
}
