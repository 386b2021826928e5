package io.strongroom.policies.check;

import io.strongroom.policies.Fault;
import io.strongroom.policies.Roles;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.Bundle.AccessRule;
import io.strongroom.policies.bundle.BundleFile;
import java.util.List;
import java.util.Set;

/**
 * Whether the rules could be changed again under a bundle. One that leaves nobody who may would hold for ever, whatever it
 * says. When a condition holds is not known before, and nobody can be sure that it ever does: so a rule that has one is no
 * way back, and neither is one for some streams, since rules are changed in none.
 */
final class WayBack {
    private WayBack() {}

    static List<Fault> faults(Bundle bundle) {
        boolean possible = may(bundle, "policy.propose") >= 1
                && may(bundle, "policy.activate") >= 1
                && may(bundle, "policy.approve") >= 2;
        return possible
                ? List.of()
                : List.of(new Fault(
                        BundleFile.ACCESS.path(),
                        0,
                        "leaves nobody who could change the rules again",
                        "allow policy.propose and policy.activate to a role that there is, and policy.approve to two, by"
                                + " rules without when and streams"));
    }

    private static long may(Bundle bundle, String operation) {
        return Roles.ALL.stream()
                .filter(role -> bundle.access().stream().anyMatch(rule -> allows(rule, role, operation)))
                .count();
    }

    private static boolean allows(AccessRule rule, String role, String operation) {
        return rule.operations().selects(operation)
                && rule.roles().selectsAny(Set.of(role))
                && rule.streams().isAll()
                && rule.when() == null;
    }
}
