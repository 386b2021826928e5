package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import java.util.Map;
import java.util.Set;

/**
 * Invites somebody: {@code POST /api/v1/users/invitations}.
 *
 * @param officer the id that they get, as approvals will name it: 1–64 of {@code A-Z a-z 0-9 . _ @ + -}
 * @param name what they are called
 * @param roles at least one
 * @param attributes what else is known of them, for conditions of a policy
 */
public record InvitationRequest(String officer, String name, Set<Role> roles, Map<String, String> attributes) {
    public InvitationRequest {
        requireNonNull(officer, "officer is null");
        requireNonNull(name, "name is null");
        roles = Set.copyOf(roles);
        attributes = Map.copyOf(attributes);
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("officer", officer)
                .put("name", name)
                .put("roles", Json.ofTexts(Role.wires(roles)))
                .put("attributes", Account.attributes(attributes))
                .build();
    }

    public static InvitationRequest fromJson(Json.Obj json) {
        return new InvitationRequest(json.text("officer"), json.text("name"), Role.of(json), Account.attributes(json));
    }
}
