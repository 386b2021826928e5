package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An invitation that waits for its person.
 *
 * @param id its id, for taking it back
 * @param code what the invited person shows: told when it is made, never again, so null in a list
 * @param expiresAt RFC 3339
 */
public record Invitation(
        String id, @Nullable String code, String officer, String name, Set<Role> roles, String expiresAt) {
    public Invitation {
        requireNonNull(id, "id is null");
        requireNonNull(officer, "officer is null");
        requireNonNull(name, "name is null");
        requireNonNull(expiresAt, "expiresAt is null");
        roles = Set.copyOf(roles);
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("id", id)
                .put("code", code)
                .put("officer", officer)
                .put("name", name)
                .put("roles", Json.ofTexts(Role.wires(roles)))
                .put("expiresAt", expiresAt)
                .build();
    }

    public static Invitation fromJson(Json.Obj json) {
        return new Invitation(
                json.text("id"),
                json.optionalText("code"),
                json.text("officer"),
                json.text("name"),
                Role.of(json),
                json.text("expiresAt"));
    }

    /** Leaves the code out: it is a secret. */
    @Override
    public String toString() {
        return "Invitation[id=" + id + ", officer=" + officer + ", roles=" + roles + ", expiresAt=" + expiresAt + "]";
    }
}
