package io.strongroom.server.policy.repository;

import io.strongroom.api.Role;
import io.strongroom.policies.Fault;
import io.strongroom.policies.bundle.Bundle;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Whether the rules could be changed again under a bundle. One that leaves nobody who may would hold for ever, whatever it
 * says. Conditions are not asked: when they hold is not known before.
 */
final class WayBack {
    private static final String FILE = "access.yaml";

    private WayBack() {}

    static List<Fault> faults(Bundle bundle) {
        boolean possible = may(bundle, "policy.propose") >= 1
                && may(bundle, "policy.activate") >= 1
                && may(bundle, "policy.approve") >= 2;
        return possible
                ? List.of()
                : List.of(new Fault(
                        FILE,
                        0,
                        "leaves nobody who could change the rules again",
                        "allow policy.propose and policy.activate to a role that there is, and policy.approve to two"));
    }

    private static long may(Bundle bundle, String operation) {
        return Arrays.stream(Role.values())
                .filter(role -> bundle.access().stream()
                        .anyMatch(rule -> rule.operations().selects(operation)
                                && rule.roles().selectsAny(Set.of(role.wire()))))
                .count();
    }
}
