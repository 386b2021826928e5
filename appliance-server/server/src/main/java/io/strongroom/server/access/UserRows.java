package io.strongroom.server.access;

import io.strongroom.api.Role;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.server.database.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How accounts stand in their table. */
final class UserRows {
    /** Of {@link #user}. */
    static final String COLUMNS = "shown_id, name, roles, attributes, made_at, disabled_at";

    private UserRows() {}

    /** What is compared of an officer's id: upper and lower case are one. */
    static String key(PersonId id) {
        return id.value().toLowerCase(Locale.ROOT);
    }

    static User user(ResultSet row) throws SQLException {
        return new User(
                new PersonId(row.getString("shown_id")),
                row.getString("name"),
                roles(row.getString("roles")),
                attributes(row.getString("attributes")),
                row.getLong("made_at"),
                Sql.optionalLong(row, "disabled_at"));
    }

    static String text(Set<Role> roles) {
        return String.join(" ", Role.wires(roles));
    }

    /** A role that this version does not know gives nothing. */
    static Set<Role> roles(String text) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : text.split(" ")) {
            Role.ofWire(word).ifPresent(roles::add);
        }
        return roles;
    }

    static String text(Map<String, String> attributes) {
        Json.Builder builder = Json.object();
        new TreeMap<>(attributes).forEach(builder::put);
        return builder.build().toString();
    }

    static Map<String, String> attributes(String text) {
        Json.Obj json = Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
        Map<String, String> attributes = new TreeMap<>();
        json.members().keySet().forEach(name -> attributes.put(name, json.text(name)));
        return attributes;
    }
}
