package io.strongroom.evidence.approval;

import io.strongroom.evidence.approval.ApprovalVerdict.Counts;

/**
 * The rule of two: a change needs two approvals that count, by different officers in different roles, and neither by
 * the requester.
 */
public sealed interface PairVerdict {
    /** The change is approved. */
    record Approved(Counts first, Counts second) implements PairVerdict {}

    /** One of the two is about something else. */
    record DifferentChanges() implements PairVerdict {}

    /** Who asked for the change approved it, too. */
    record ByRequester(PersonId requester) implements PairVerdict {}

    /** One person, or one key, is not two officers. */
    record SameOfficer(PersonId officer) implements PairVerdict {}

    record SameRole(String role) implements PairVerdict {}

    /** Whether these two suffice; their order does not matter. */
    static PairVerdict of(Counts first, Counts second) {
        Approval one = first.approval();
        Approval other = second.approval();
        PersonId requester = one.change().requester();
        if (!one.change().equals(other.change())) {
            return new DifferentChanges();
        } else if (one.officer().equals(requester) || other.officer().equals(requester)) {
            return new ByRequester(requester);
        } else if (one.officer().equals(other.officer())
                || first.officer().key().equals(second.officer().key())) {
            return new SameOfficer(other.officer());
        } else if (one.role().equalsIgnoreCase(other.role())) {
            return new SameRole(other.role());
        }
        return new Approved(first, second);
    }
}
