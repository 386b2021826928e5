package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The account of a person.
 *
 * @param officer the officer's id, as approvals name it
 * @param attributes what else is known of them, for conditions of a policy
 * @param active whether they may sign in
 */
public record Account(String officer, String name, Set<Role> roles, Map<String, String> attributes, boolean active) {
    public Account {
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
                .put("attributes", attributes(attributes))
                .put("active", active)
                .build();
    }

    public static Account fromJson(Json.Obj json) {
        boolean active = json.get("active").filter(new Json.Bool(true)::equals).isPresent();
        return new Account(json.text("officer"), json.text("name"), Role.of(json), attributes(json), active);
    }

    static Json.Obj attributes(Map<String, String> attributes) {
        Json.Builder builder = Json.object();
        new TreeMap<>(attributes).forEach(builder::put);
        return builder.build();
    }

    /** The member {@code attributes}, none where it is missing. */
    static Map<String, String> attributes(Json.Obj json) {
        Map<String, String> attributes = new TreeMap<>();
        json.optionalObject("attributes", found -> found)
                .ifPresent(found -> found.members().keySet().forEach(name -> attributes.put(name, found.text(name))));
        return attributes;
    }
}
