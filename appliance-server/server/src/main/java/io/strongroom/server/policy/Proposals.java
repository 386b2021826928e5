package io.strongroom.server.policy;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.server.policy.repository.Actor;
import io.strongroom.server.policy.repository.PolicyRepository;
import io.strongroom.server.policy.repository.Proposing;
import io.strongroom.server.problem.ProblemException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The proposals: a branch is one person's, who pushes it as often as they like, opens it for approval, and may withdraw
 * it. An approval names a commit, so that with each push those given before count no more.
 */
final class Proposals implements Proposing {
    private static final int MOST_PENDING = 50;
    private static final int MAX_TITLE = 200;

    private final ProposalTable table;
    private final PolicyTrail trail;
    private final InstantSource clock;

    Proposals(ProposalTable table, PolicyTrail trail, InstantSource clock) {
        this.table = table;
        this.trail = trail;
        this.clock = clock;
    }

    // --- Pushing

    @Override
    public Optional<String> refusal(Actor actor, String branch) {
        Optional<Proposal> known = table.find(branch);
        if (known.isEmpty()) {
            return table.pending(actor.person()) < MOST_PENDING
                    ? Optional.empty()
                    : Optional.of("you have " + MOST_PENDING + " proposals that are not ended; withdraw one");
        }
        if (!isAuthor(actor, known.get())) {
            return Optional.of("another person's proposal has this name; choose another");
        }
        return known.get().state().isPending()
                ? Optional.empty()
                : Optional.of("the proposal is " + known.get().state().wire() + "; choose another name");
    }

    @Override
    public void pushed(Actor actor, String branch, GitCommit commit, Digest bundle) {
        trail.tell(
                actor,
                "policy.pushed",
                branch,
                Map.of(
                        "proposal",
                        branch,
                        "author",
                        actor.person(),
                        "commit",
                        commit.hex(),
                        "bundle",
                        bundle.toString()),
                "The push could not be recorded, so the branch stays as it was.");
        long now = clock.millis();
        if (table.find(branch).isEmpty()) {
            table.insert(new Proposal(branch, actor.person(), "", commit, bundle, ProposalState.DRAFT, now, now));
        } else if (!table.move(branch, commit, bundle, now)) {
            throw new ProblemException(ProblemType.PROPOSAL_ENDED, "The proposal was ended meanwhile.");
        }
    }

    @Override
    public void refused(Actor actor, String branch, String reason) {
        trail.refused(actor, "policy.push-refused", branch, Map.of("ref", branch, "reason", reason));
    }

    // --- Asking for it

    /** Proposals, those that changed last first. */
    List<Proposal> newest(int most) {
        return table.newest(most);
    }

    /**
     * @throws ProblemException {@code not-found}
     */
    Proposal require(String name) {
        return table.find(name)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "There is no such proposal; push the branch first."));
    }

    /**
     * Asks for approvals.
     *
     * @throws ProblemException if it is not the caller's, or has been ended
     */
    Proposal open(Actor actor, String name, String title, PolicyRepository repository) {
        Proposal proposal = requireOwn(actor, name);
        if (title.isBlank() || title.length() > MAX_TITLE || title.chars().anyMatch(c -> c < ' ')) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER, "A title is a line of 1 to " + MAX_TITLE + " characters.");
        }
        if (!repository.head(name).equals(Optional.of(proposal.commit()))) {
            throw new ProblemException(
                    ProblemType.PROPOSAL_ENDED, "The branch was not pushed to its end; push it again.");
        }
        trail.tell(
                actor,
                "policy.proposed",
                name,
                Map.of(
                        "proposal",
                        name,
                        "author",
                        proposal.author(),
                        "commit",
                        proposal.commit().hex(),
                        "bundle",
                        proposal.bundle().toString()),
                "The proposal could not be recorded, so it was not opened.");
        if (!table.open(name, title, clock.millis())) {
            throw ended(name);
        }
        return require(name);
    }

    /**
     * Gives a proposal up, for good.
     *
     * @throws ProblemException if it is not the caller's, or has been ended
     */
    Proposal withdraw(Actor actor, String name) {
        requireOwn(actor, name);
        trail.tell(
                actor,
                "policy.withdrawn",
                name,
                Map.of("proposal", name),
                "The withdrawal could not be recorded, so the proposal stands.");
        if (!table.end(name, ProposalState.WITHDRAWN, clock.millis())) {
            throw ended(name);
        }
        return require(name);
    }

    /**
     * Says that it came into force, with the commit that did, though another was pushed meanwhile; nothing to say where that
     * is known.
     */
    void activated(Activation activation) {
        table.activated(activation.proposal(), activation.commit(), activation.bundle(), clock.millis());
    }

    private Proposal requireOwn(Actor actor, String name) {
        Proposal proposal = require(name);
        if (!isAuthor(actor, proposal)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Only the author opens or withdraws a proposal.");
        }
        if (!proposal.state().isPending()) {
            throw ended(name);
        }
        return proposal;
    }

    private ProblemException ended(String name) {
        return new ProblemException(
                ProblemType.PROPOSAL_ENDED,
                "The proposal is " + require(name).state().wire() + ".");
    }

    private static boolean isAuthor(Actor actor, Proposal proposal) {
        return new PersonId(actor.person()).equals(new PersonId(proposal.author()));
    }
}
