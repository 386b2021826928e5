package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;

/**
 * What an authenticator is set up with (RFC 6238), and whose it becomes.
 *
 * @param secret in Base32, for typing
 * @param uri {@code otpauth://totp/…}, for a QR code
 */
public record NewAuthenticator(String officer, String name, String secret, String uri) {
    public NewAuthenticator {
        requireNonNull(officer, "officer is null");
        requireNonNull(name, "name is null");
        requireNonNull(secret, "secret is null");
        requireNonNull(uri, "uri is null");
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("officer", officer)
                .put("name", name)
                .put("secret", secret)
                .put("uri", uri)
                .build();
    }

    public static NewAuthenticator fromJson(Json.Obj json) {
        return new NewAuthenticator(json.text("officer"), json.text("name"), json.text("secret"), json.text("uri"));
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "NewAuthenticator[officer=" + officer + "]";
    }
}
