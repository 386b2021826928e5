package io.strongroom.server.policy;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.ApprovalVerdict;
import io.strongroom.evidence.approval.ApprovalVerdict.Counts;
import io.strongroom.evidence.approval.ApprovalVerdict.DoesNotCount;
import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.PairVerdict;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.server.policy.repository.Actor;
import io.strongroom.server.problem.ProblemException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes what officers sign, and tells what counts. An approval is judged when it comes, so that its officer learns at once
 * what is wrong with it, and again at the activation. A rejection holds a proposal back until its officer takes it back or
 * its author pushes another commit.
 */
final class Approvals {
    private final ApprovalTable table;
    private final ActivationTable activations;
    private final Approvers approvers;
    private final PolicyInForce inForce;
    private final PolicyTrail trail;
    private final Origin origin;
    private final InstantSource clock;

    Approvals(
            ApprovalTable table,
            ActivationTable activations,
            Approvers approvers,
            PolicyInForce inForce,
            PolicyTrail trail,
            Origin origin,
            InstantSource clock) {
        this.table = table;
        this.activations = activations;
        this.approvers = approvers;
        this.inForce = inForce;
        this.trail = trail;
        this.origin = origin;
        this.clock = clock;
    }

    /** Exactly what has to be approved for a proposal to follow what is in force now. */
    PolicyChange change(Proposal proposal) {
        return new PolicyChange(
                origin,
                proposal.name(),
                proposal.bundle(),
                proposal.commit(),
                inForce.replaced().digest(),
                new PersonId(proposal.author()));
    }

    // --- Taking

    /**
     * Takes an approval.
     *
     * @param actor who brings it: the officer whom it names
     * @param envelope as formats §8 has it
     * @throws ProblemException {@code approval-refused} with what it should say and what it says, {@code schema} with the
     *     place if it is no approval, {@code malformed-json} if it is not even JSON
     */
    synchronized GivenApproval take(Actor actor, Proposal proposal, byte[] envelope) {
        SignedApproval signed;
        try {
            signed = ApprovalBody.read(envelope);
        } catch (ProblemException e) {
            refused(actor, proposal, "it is no approval");
            throw e;
        }
        return take(actor, proposal, signed, Decision.APPROVE, null);
    }

    /**
     * Takes a rejection, which holds the commit back until its officer takes it back.
     *
     * @param reason a comment of the same officer's that says what is to be changed
     * @throws ProblemException {@code approval-refused} with what it should say and what it says
     */
    synchronized GivenApproval reject(Actor actor, Proposal proposal, SignedApproval signed, Comment reason) {
        return take(actor, proposal, signed, Decision.REJECT, reason);
    }

    private GivenApproval take(
            Actor actor, Proposal proposal, SignedApproval signed, Decision decision, @Nullable Comment reason) {
        Optional<String> fault = signed.approval().decision() == decision
                ? fault(actor, proposal, signed)
                : Optional.of(
                        decision == Decision.APPROVE
                                ? "It is a rejection. That comes with its reason: ask for changes with a comment."
                                : "It is an approval, which no comment asks for changes with.");
        if (fault.isPresent()) {
            throw refused(actor, proposal, fault.get());
        }
        GivenApproval given = new GivenApproval(signed, signer(signed).orElseThrow(), clock.millis(), false);
        trail.tell(
                actor,
                given.isRejection() ? "policy.rejected" : "policy.approved",
                proposal.name(),
                described(given, reason),
                "The approval could not be recorded, so it was not taken.");
        if (!table.insert(given, reason)) {
            throw refused(actor, proposal, "Its nonce was used before.");
        }
        return given;
    }

    private Optional<String> fault(Actor actor, Proposal proposal, SignedApproval signed) {
        Approval approval = signed.approval();
        PersonId officer = approval.officer();
        PolicyChange change = change(proposal);
        long now = clock.millis();
        if (proposal.state() != ProposalState.OPEN) {
            return Optional.of("The proposal is " + proposal.state().wire() + ", not open.");
        }
        if (!officer.equals(new PersonId(actor.person()))) {
            return Optional.of("It names another officer than the one who brings it.");
        }
        Optional<Officer> signer = signer(signed);
        if (signer.isEmpty()) {
            return Optional.of("It is not signed with a key of the officer's that is enrolled and not revoked.");
        }
        ApprovalVerdict verdict = signed.judge(signer.get(), change, now);
        boolean rejection = verdict instanceof ApprovalVerdict.NotApproved;
        if (verdict instanceof DoesNotCount not && !rejection) {
            return Optional.of("Expected " + not.expected() + ", found " + not.found() + ".");
        }
        if (now < approval.at() || now >= approval.expires()) {
            return Optional.of("It does not count now: it is not yet valid, or expired.");
        }
        if (approval.at() <= since()) {
            return Optional.of(
                    "It is dated before what is in force came to be: the clock of the officer's machine is slow.");
        }
        if (!approvers.roles(officer).contains(approval.role())) {
            return Optional.of("The officer does not have the role in which it is given.");
        }
        if (officer.equals(change.requester())) {
            return Optional.of("Nobody approves or rejects what they propose themselves.");
        }
        if (table.knows(approval.nonce())) {
            return Optional.of("Its nonce was used before.");
        }
        return rejection ? Optional.empty() : besideOthers(proposal, (Counts) verdict);
    }

    /** One that adds nothing to those that are there was meant otherwise. */
    private Optional<String> besideOthers(Proposal proposal, Counts counts) {
        for (Counts other : counting(proposal, clock.millis())) {
            switch (PairVerdict.of(other, counts)) {
                case PairVerdict.SameOfficer same -> {
                    return Optional.of("The officer has approved it already.");
                }
                case PairVerdict.SameRole same -> {
                    return Optional.of("It was approved in the role " + same.role() + " already; another is needed.");
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    /** The officer whom it names, with the key that it is signed with. */
    private Optional<Officer> signer(SignedApproval signed) {
        return approvers.at(signed.approval().officer(), clock.millis()).stream()
                .filter(officer -> !(signed.judge(officer, signed.approval().change(), clock.millis())
                        instanceof ApprovalVerdict.WrongKey))
                .findFirst();
    }

    private ProblemException refused(Actor actor, Proposal proposal, String reason) {
        trail.refused(
                actor,
                "policy.approval-refused",
                proposal.name(),
                Map.of("proposal", proposal.name(), "reason", reason));
        return new ProblemException(ProblemType.APPROVAL_REFUSED, reason);
    }

    /** As records tell of it. */
    static Map<String, Object> described(GivenApproval given) {
        return described(given, null);
    }

    private static Map<String, Object> described(GivenApproval given, @Nullable Comment reason) {
        Approval approval = given.signed().approval();
        Map<String, Object> attributes = reason == null ? new HashMap<>() : reason.described();
        attributes.put("proposal", approval.change().proposal());
        attributes.put("commit", approval.change().commit().hex());
        attributes.put("bundle", approval.change().bundle().toString());
        attributes.put("baseBundle", approval.change().baseBundle().toString());
        attributes.put("decision", approval.decision().wire());
        attributes.put("officer", given.officer().id().value());
        attributes.put("role", approval.role());
        attributes.put("key", given.officer().key().id().toString());
        attributes.put("envelope", given.digest().toString());
        return attributes;
    }

    /**
     * Takes one back.
     *
     * @throws ProblemException {@code not-found} if the officer gave no such one
     */
    synchronized void withdraw(Actor actor, Proposal proposal, Digest digest) {
        GivenApproval given = of(proposal).stream()
                .filter(each -> each.digest().equals(digest) && !each.withdrawn())
                .filter(each -> each.officer().id().equals(new PersonId(actor.person())))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "You have given no such approval of this proposal."));
        if (!proposal.state().isPending()) {
            throw new ProblemException(
                    ProblemType.PROPOSAL_ENDED,
                    "The proposal is " + proposal.state().wire() + ".");
        }
        trail.tell(
                actor,
                "policy.approval-withdrawn",
                proposal.name(),
                described(given),
                "The withdrawal could not be recorded, so the approval stands.");
        table.withdraw(digest);
    }

    // --- Telling what counts

    /** All that were given for a proposal, whatever they say and whether they count. */
    List<GivenApproval> of(Proposal proposal) {
        return table.of(proposal.name());
    }

    /** Whether one would count at a time. */
    ApprovalVerdict judge(GivenApproval given, Proposal proposal, long time) {
        return given.signed().judge(given.officer(), change(proposal), time);
    }

    /** Whether its officer may still give it: the key is not revoked, the role still theirs. */
    boolean stands(GivenApproval given) {
        return !given.withdrawn()
                && approvers.at(given.officer().id(), clock.millis()).contains(given.officer())
                && approvers
                        .roles(given.officer().id())
                        .contains(given.signed().approval().role());
    }

    /** Those that count at a time. */
    List<Counts> counting(Proposal proposal, long time) {
        List<Counts> counting = new ArrayList<>();
        long since = since();
        for (GivenApproval given : of(proposal)) {
            if (given.signed().approval().at() > since
                    && stands(given)
                    && judge(given, proposal, time) instanceof Counts counts) {
                counting.add(counts);
            }
        }
        return counting;
    }

    /**
     * Since when what is in force is, epoch milliseconds. An approval that is older does not count, though the same bundle be in
     * force again: devices take none that is, so that none counts twice.
     */
    private long since() {
        return activations.last().map(Activation::begunAt).orElse(0L);
    }

    /** Rejections that hold the proposal's commit back. */
    List<GivenApproval> rejecting(Proposal proposal) {
        return of(proposal).stream()
                .filter(given -> given.isRejection()
                        && stands(given)
                        && given.signed().approval().change().commit().equals(proposal.commit()))
                .toList();
    }
}
