package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;

/**
 * Makes the bootstrap administrator: {@code POST /api/v1/setup}, once.
 *
 * @param code the setup code that the appliance printed at its first start
 * @param name what the administrator is called
 */
public record SetupRequest(String code, String name) {
    public SetupRequest {
        requireNonNull(code, "code is null");
        requireNonNull(name, "name is null");
    }

    public Json.Obj toJson() {
        return Json.object().put("code", code).put("name", name).build();
    }

    public static SetupRequest fromJson(Json.Obj json) {
        return new SetupRequest(json.text("code"), json.text("name"));
    }

    /** Leaves the code out: it is a secret. */
    @Override
    public String toString() {
        return "SetupRequest[name=" + name + "]";
    }
}
