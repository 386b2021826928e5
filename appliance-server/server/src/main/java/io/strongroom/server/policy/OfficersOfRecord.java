package io.strongroom.server.policy;

import io.strongroom.api.Role;
import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.server.access.OfficerKey;
import io.strongroom.server.access.OfficerKeys;
import io.strongroom.server.access.User;
import io.strongroom.server.access.Users;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The approvers are those who have an account here, with the keys that they enrolled. */
final class OfficersOfRecord implements Approvers {
    private final Users users;
    private final OfficerKeys keys;

    OfficersOfRecord(Users users, OfficerKeys keys) {
        this.users = users;
        this.keys = keys;
    }

    private Optional<User> active(PersonId officer) {
        return users.find(officer).filter(User::active);
    }

    @Override
    public List<Officer> at(PersonId officer, long time) {
        return active(officer).isEmpty()
                ? List.of()
                : keys.of(officer).stream()
                        .filter(key -> key.countsAt(time))
                        .map(OfficerKey::asOfficer)
                        .toList();
    }

    @Override
    public List<Approver> everybody(long time) {
        return users.all().stream()
                .filter(User::active)
                .map(user -> new Approver(
                        user.id(),
                        Set.copyOf(Role.wires(user.roles())),
                        at(user.id(), time).stream().map(Officer::key).toList()))
                .filter(approver -> !approver.keys().isEmpty())
                .toList();
    }

    @Override
    public Set<String> roles(PersonId officer) {
        return active(officer).map(user -> Set.copyOf(Role.wires(user.roles()))).orElse(Set.of());
    }
}
