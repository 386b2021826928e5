package io.strongroom.server.policy;

import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.key.VerifyingKey;
import java.util.List;
import java.util.Set;

/** The people whose approvals count. */
interface Approvers {

    /** The officer with each key that counts at a time; empty for whoever has none, or may not sign in. */
    List<Officer> at(PersonId officer, long time);

    /** Everybody with a key that counts at a time, who may sign in. */
    List<Approver> everybody(long time);

    /**
     * Somebody whose approvals count.
     *
     * @param keys at least one
     */
    record Approver(PersonId id, Set<String> roles, List<VerifyingKey> keys) {
        public Approver {
            roles = Set.copyOf(roles);
            keys = List.copyOf(keys);
        }
    }

    /** The roles that a person has now. */
    Set<String> roles(PersonId officer);
}
