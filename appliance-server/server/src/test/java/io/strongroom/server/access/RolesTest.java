package io.strongroom.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Role;
import io.strongroom.policies.Roles;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class RolesTest {
    /** A bundle that could be changed by a role alone that nobody can be given could not be changed. */
    @Test
    void policiesKnowTheRolesThatPeopleAreGiven() {
        assertThat(Roles.ALL).containsExactlyInAnyOrderElementsOf(Role.wires(EnumSet.allOf(Role.class)));
    }
}
