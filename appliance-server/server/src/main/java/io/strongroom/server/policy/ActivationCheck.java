package io.strongroom.server.policy;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.approval.ApprovalVerdict.Counts;
import io.strongroom.evidence.approval.PairVerdict;
import io.strongroom.evidence.approval.PairVerdict.Approved;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.diff.Change;
import io.strongroom.policies.diff.SemanticDiff;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.server.policy.repository.BundleCheck;
import io.strongroom.server.policy.repository.PolicyRepository;
import io.strongroom.server.problem.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a proposal may come into force now, and what will be recorded of that. Changes nothing. */
final class ActivationCheck {
    /** The ledger stamps the record a little later than it is judged, and by then its approvals must not be over. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Approvals approvals;
    private final PolicyRepository repository;
    private final BundleCheck check;
    private final PolicyInForce inForce;
    private final InstantSource clock;

    ActivationCheck(
            Approvals approvals,
            PolicyRepository repository,
            BundleCheck check,
            PolicyInForce inForce,
            InstantSource clock) {
        this.approvals = approvals;
        this.repository = repository;
        this.check = check;
        this.inForce = inForce;
        this.clock = clock;
    }

    /**
     * What may come into force.
     *
     * @param base the bundle in force, which it replaces
     * @param given the two approvals that suffice
     */
    record Ready(Proposal proposal, CompiledPolicy policy, Digest base, SemanticDiff diff, List<GivenApproval> given) {
        private static final int MOST_CHANGES = 100;
        private static final int LONGEST_CHANGE = 300;

        /** Those of the record of it. */
        Map<String, Object> attributes() {
            Map<String, Object> attributes = new HashMap<>();
            attributes.put("baseBundle", base.toString());
            attributes.put("bundle", proposal.bundle().toString());
            attributes.put("commit", proposal.commit().hex());
            attributes.put("proposal", proposal.name());
            attributes.put("requester", proposal.author());
            attributes.put("name", policy.bundle().name());
            attributes.put("version", policy.bundle().version());
            attributes.put("diffDigest", Digest.of(diff.toJson()).toString());
            attributes.put(
                    "diff",
                    diff.changes().stream()
                            .limit(MOST_CHANGES)
                            .map(Change::toString)
                            .map(change ->
                                    change.length() <= LONGEST_CHANGE ? change : change.substring(0, LONGEST_CHANGE))
                            .toList());
            attributes.put("changes", diff.changes().size());
            List<Map<String, Object>> signed = new ArrayList<>();
            for (GivenApproval approval : given) {
                signed.add(Map.of(
                        "officer", approval.officer().id().value(),
                        "role", approval.signed().approval().role(),
                        "key", approval.officer().key().id().toString(),
                        "envelope",
                                Base64.getEncoder()
                                        .encodeToString(approval.signed().toJson())));
            }
            attributes.put("approvals", signed);
            return attributes;
        }
    }

    /**
     * Looks whether it may.
     *
     * @throws ProblemException {@code not-approved}, {@code policy-version-stale} or {@code proposal-ended}
     */
    Ready require(Proposal proposal) {
        inForce.requireReplaceable();
        if (proposal.state() != ProposalState.OPEN) {
            throw new ProblemException(
                    ProblemType.PROPOSAL_ENDED,
                    "The proposal is " + proposal.state().wire() + ", not open.");
        }
        if (!approvals.rejecting(proposal).isEmpty()) {
            throw new ProblemException(ProblemType.NOT_APPROVED, "An officer has rejected this commit.");
        }
        Approved approved = pair(proposal)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_APPROVED,
                        "It needs approvals of two officers in different roles, neither its author, that name this commit"
                                + " and the bundle in force, and do not expire within a minute."));
        if (!repository.continuesMain(proposal.commit())) {
            throw new ProblemException(
                    ProblemType.POLICY_VERSION_STALE,
                    "main has moved on since the branch began. Rebase it, push it and have it approved again.");
        }
        try {
            Bundle bundle = check.check(repository.files(proposal.commit()).orElseThrow())
                    .bundle();
            if (!bundle.files().digest().equals(proposal.bundle())) {
                throw new IllegalStateException(
                        "the commit " + proposal.commit() + " holds another bundle than it did");
            }
            return check.bounded(() -> new Ready(
                    proposal,
                    new CompiledPolicy(bundle, proposal.commit().hex()),
                    inForce.replaced().digest(),
                    SemanticDiff.of(inForce.now().source(), bundle),
                    given(proposal, approved)));
        } catch (InvalidBundleException e) {
            throw new ProblemException(
                    ProblemType.NOT_APPROVED,
                    "The bundle does not pass any more: " + e.faults().getFirst() + ".");
        }
    }

    private Optional<Approved> pair(Proposal proposal) {
        long now = clock.millis();
        List<Counts> counting = approvals.counting(proposal, now).stream()
                .filter(counts -> counts.approval().expires() > now + MARGIN.toMillis())
                .toList();
        for (Counts first : counting) {
            for (Counts second : counting) {
                if (PairVerdict.of(first, second) instanceof Approved approved) {
                    return Optional.of(approved);
                }
            }
        }
        return Optional.empty();
    }

    private List<GivenApproval> given(Proposal proposal, Approved approved) {
        List<Counts> pair = List.of(approved.first(), approved.second());
        return approvals.of(proposal).stream()
                .filter(given -> pair.stream().anyMatch(counts -> counts.approval()
                        .equals(given.signed().approval())))
                .toList();
    }
}
