package io.strongroom.server.policy;

import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.PersonId;
import java.util.List;
import java.util.Set;

/** The people whose approvals count. */
interface Approvers {

    /** The officer with each key that counts at a time; empty for whoever has none, or may not sign in. */
    List<Officer> at(PersonId officer, long time);

    /** The roles that a person has now. */
    Set<String> roles(PersonId officer);
}
