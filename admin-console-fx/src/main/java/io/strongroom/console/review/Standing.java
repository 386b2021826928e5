package io.strongroom.console.review;

import io.strongroom.api.PolicyProposal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How one officer stands to one proposal: what they could say of it, and why not. The appliance judges all this again;
 * here it saves them from signing in vain.
 *
 * @param officer who
 * @param roles theirs
 * @param keysHere whether there is a key on this machine
 * @param keyEnrolled whether one of those here is enrolled, and not revoked
 */
record Standing(PolicyProposal proposal, String officer, List<String> roles, boolean keysHere, boolean keyEnrolled) {
    /** Why something cannot be said; the name of its text. */
    enum WhyNot {
        NOT_OPEN,
        INVALID,
        TESTS_FAILED,
        MAIN_MOVED,
        OWN,
        APPROVED,
        REJECTED,
        SAME_ROLE,
        NO_KEY,
        KEY_NOT_ENROLLED
    }

    Standing {
        roles = List.copyOf(roles);
    }

    /** What this officer said of it, if that stands. */
    Optional<PolicyProposal.Given> said() {
        return proposal.approvals().stream()
                .filter(given -> given.officer().equals(officer))
                .filter(given -> given.counts() || isRejection(given))
                .findFirst();
    }

    /** A rejection never counts as one of the two, and holds the commit back that it names until it is taken back. */
    private boolean isRejection(PolicyProposal.Given given) {
        return given.decision().equals("reject")
                && !given.withdrawn()
                && given.commit().equals(proposal.commit());
    }

    /** The roles in which another approval may be given: those in which none is yet. */
    List<String> open() {
        Set<String> taken = proposal.approvals().stream()
                .filter(PolicyProposal.Given::counts)
                .map(PolicyProposal.Given::role)
                .collect(java.util.stream.Collectors.toSet());
        return roles.stream().filter(role -> !taken.contains(role)).toList();
    }

    Optional<WhyNot> approving() {
        Optional<WhyNot> why = saying();
        if (why.isPresent()) {
            return why;
        } else if (proposal.fault().isPresent()) {
            return Optional.of(WhyNot.INVALID);
        } else if (proposal.tests().stream().anyMatch(test -> !test.passed())) {
            return Optional.of(WhyNot.TESTS_FAILED);
        } else if (!proposal.continuesMain()) {
            return Optional.of(WhyNot.MAIN_MOVED);
        }
        return open().isEmpty() ? Optional.of(WhyNot.SAME_ROLE) : Optional.empty();
    }

    Optional<WhyNot> rejecting() {
        return saying();
    }

    private Optional<WhyNot> saying() {
        if (!proposal.state().equals("open")) {
            return Optional.of(WhyNot.NOT_OPEN);
        } else if (proposal.author().equals(officer)) {
            return Optional.of(WhyNot.OWN);
        }
        Optional<PolicyProposal.Given> said = said();
        if (said.isPresent()) {
            return Optional.of(said.get().decision().equals("reject") ? WhyNot.REJECTED : WhyNot.APPROVED);
        } else if (!keysHere) {
            return Optional.of(WhyNot.NO_KEY);
        }
        return keyEnrolled ? Optional.empty() : Optional.of(WhyNot.KEY_NOT_ENROLLED);
    }
}
