package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;

/**
 * Begins a session: {@code POST /api/v1/auth/sign-in}.
 *
 * @param code the authenticator's code of now, or a recovery code
 */
public record SignInRequest(String officer, String password, String code) {
    public SignInRequest {
        requireNonNull(officer, "officer is null");
        requireNonNull(password, "password is null");
        requireNonNull(code, "code is null");
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("officer", officer)
                .put("password", password)
                .put("code", code)
                .build();
    }

    public static SignInRequest fromJson(Json.Obj json) {
        return new SignInRequest(json.text("officer"), json.text("password"), json.text("code"));
    }

    /** Leaves the secrets out. */
    @Override
    public String toString() {
        return "SignInRequest[officer=" + officer + "]";
    }
}
