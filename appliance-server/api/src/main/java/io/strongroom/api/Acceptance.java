package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;

/**
 * Accepts an invitation: {@code POST /api/v1/auth/invitations/accept}.
 *
 * @param invitation the invitation's code
 * @param password the password that the person chose
 * @param code the new authenticator's code of now
 */
public record Acceptance(String invitation, String password, String code) {
    public Acceptance {
        requireNonNull(invitation, "invitation is null");
        requireNonNull(password, "password is null");
        requireNonNull(code, "code is null");
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("invitation", invitation)
                .put("password", password)
                .put("code", code)
                .build();
    }

    public static Acceptance fromJson(Json.Obj json) {
        return new Acceptance(json.text("invitation"), json.text("password"), json.text("code"));
    }

    /** Leaves everything out. */
    @Override
    public String toString() {
        return "Acceptance[]";
    }
}
