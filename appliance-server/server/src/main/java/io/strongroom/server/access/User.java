package io.strongroom.server.access;

import io.strongroom.api.Role;
import io.strongroom.evidence.approval.PersonId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A local account.
 *
 * @param id the officer's id; no two differ by case alone
 * @param name what the person is called
 * @param attributes what else is known of them, such as {@code team}, for conditions of a bundle
 * @param madeAt when they accepted their invitation, epoch milliseconds
 * @param disabledAt since when the account is disabled; null while it is active
 */
public record User(
        PersonId id,
        String name,
        Set<Role> roles,
        Map<String, String> attributes,
        long madeAt,
        @Nullable Long disabledAt) {
    public User {
        roles = Set.copyOf(roles);
        attributes = Map.copyOf(attributes);
    }

    /** Whether the person may sign in, and their approvals count. */
    public boolean active() {
        return disabledAt == null;
    }
}
