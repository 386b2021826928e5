package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;

/**
 * The bootstrap administrator.
 *
 * @param token the administrator's token, told this once
 * @param name the name that was asked for
 * @param role the role that comes with it
 */
public record SetupAnswer(String token, String name, String role) {
    public SetupAnswer {
        requireNonNull(token, "token is null");
        requireNonNull(name, "name is null");
        requireNonNull(role, "role is null");
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("token", token)
                .put("name", name)
                .put("role", role)
                .build();
    }

    public static SetupAnswer fromJson(Json.Obj json) {
        return new SetupAnswer(json.text("token"), json.text("name"), json.text("role"));
    }

    /** Leaves the token out: it is a secret. */
    @Override
    public String toString() {
        return "SetupAnswer[name=" + name + ", role=" + role + "]";
    }
}
