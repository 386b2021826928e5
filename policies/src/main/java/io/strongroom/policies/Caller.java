package io.strongroom.policies;

import java.util.Map;
import java.util.Set;

/**
 * Who asks, as conditions of a bundle see them ({@code caller.id}, {@code caller.roles}, {@code caller.attributes}).
 *
 * @param id the account's id
 * @param roles the roles that the caller acts in
 * @param attributes what else is known of the account, such as its department
 */
public record Caller(String id, Set<String> roles, Map<String, String> attributes) {
    public Caller {
        roles = Set.copyOf(roles);
        attributes = Map.copyOf(attributes);
    }
}
