package io.strongroom.evidence.trust;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.PersonId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whose approvals of policy count.
 *
 * @param officers where there are none, the officers are those whom a pack's signer names
 * @param demanded whether a pack fails in which a record was decided by a policy without two approvals that count
 * @param exempt bundles that need none, such as the built-in one
 */
public record Approvers(List<Approver> officers, boolean demanded, Set<Digest> exempt) {
    /** Nobody is named, and nothing demanded. */
    public static final Approvers NONE = new Approvers(List.of(), false, Set.of());

    /** An officer's key and when it counted. */
    public record Approver(Officer officer, Validity validity) {}

    /**
     * @throws IllegalArgumentException if a key is that of two officers, or approvals are demanded of nobody
     */
    public Approvers {
        officers = List.copyOf(officers);
        exempt = Set.copyOf(exempt);
        Set<Object> keys = new HashSet<>();
        for (Approver approver : officers) {
            if (!keys.add(approver.officer().key())) {
                throw new IllegalArgumentException(
                        "the key of officer " + approver.officer().id() + " stands twice");
            }
        }
        if (demanded && officers.isEmpty()) {
            throw new IllegalArgumentException("approvals are required, but no officer line says whose count");
        }
        if (!demanded && !exempt.isEmpty()) {
            throw new IllegalArgumentException("only where approvals are required can a policy be excepted");
        }
    }

    /** Whether this person is named, with whatever key. */
    public boolean names(PersonId person) {
        return officers.stream().anyMatch(approver -> approver.officer().id().equals(person));
    }

    /** The person with each of the keys that counted at this time, in milliseconds since 1970. */
    public List<Officer> at(PersonId person, long epochMillis) {
        return officers.stream()
                .filter(approver -> approver.officer().id().equals(person)
                        && approver.validity().contains(epochMillis))
                .map(Approver::officer)
                .toList();
    }
}
