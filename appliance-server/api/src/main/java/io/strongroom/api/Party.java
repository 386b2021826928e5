package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;

/**
 * An actor or a resource.
 *
 * @param type its kind, such as {@code User}
 * @param id its name within that kind
 */
public record Party(String type, String id) {
    public Party {
        requireNonNull(type, "type is null");
        requireNonNull(id, "id is null");
    }

    public Json.Obj toJson() {
        return Json.object().put("type", type).put("id", id).build();
    }

    public static Party fromJson(Json.Obj json) {
        return new Party(json.text("type"), json.text("id"));
    }
}
