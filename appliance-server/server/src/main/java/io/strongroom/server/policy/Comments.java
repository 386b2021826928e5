package io.strongroom.server.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.api.FieldError;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Permissions;
import io.strongroom.server.policy.repository.Actor;
import io.strongroom.server.policy.repository.PolicyRepository;
import io.strongroom.server.problem.ProblemException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people say of proposals, while these are not ended: the author, and whoever may review. A comment is about a commit,
 * so that it is clear what its author had before them; one that asks for changes comes with a rejection of that commit.
 */
final class Comments {
    private static final int MOST = 500;

    private final CommentTable table;
    private final Approvals approvals;
    private final PolicyRepository repository;
    private final Permissions permissions;
    private final PolicyTrail trail;
    private final InstantSource clock;

    Comments(
            CommentTable table,
            Approvals approvals,
            PolicyRepository repository,
            Permissions permissions,
            PolicyTrail trail,
            InstantSource clock) {
        this.table = table;
        this.approvals = approvals;
        this.repository = repository;
        this.permissions = permissions;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * What somebody wants to say.
     *
     * @param commit of which they say it; empty for the one that is proposed now
     * @param rejection with which they ask for changes, signed; null where they do not
     */
    record Said(
            String text,
            Optional<GitCommit> commit,
            Comment.@Nullable Place place,
            @Nullable SignedApproval rejection) {}

    /** Those of a proposal, whichever of its commits they are about, in the order in which they came. */
    List<Comment> of(Proposal proposal) {
        return table.of(proposal.name());
    }

    /**
     * Takes a comment.
     *
     * @param person who brings it, and is its author
     * @return false if it was there already
     * @throws ProblemException {@code forbidden}, {@code proposal-ended}, {@code proposal-moved}, {@code schema} if there is
     *     no such place in the commit, {@code proposal-full}; with a rejection also {@code approval-refused} and {@code
     *     step-up-required}
     */
    synchronized boolean take(Actor actor, Caller.Person person, Proposal proposal, Said said) {
        requireMay(person, proposal, said.rejection() != null);
        if (!proposal.state().isPending()) {
            throw new ProblemException(
                    ProblemType.PROPOSAL_ENDED,
                    "The proposal is " + proposal.state().wire() + ".");
        }
        requireCommit(proposal, said);
        Comment comment = new Comment(
                proposal.name(),
                actor.person(),
                proposal.commit(),
                said.place(),
                said.text(),
                clock.millis(),
                said.rejection() == null ? null : said.rejection().digest());
        List<Comment> others = of(proposal);
        if (others.stream().anyMatch(other -> other.digest().equals(comment.digest()))) {
            return false;
        }
        if (others.size() >= MOST) {
            throw new ProblemException(ProblemType.PROPOSAL_FULL, "It has " + MOST + " comments.");
        }
        if (said.rejection() != null) {
            approvals.reject(actor, proposal, said.rejection(), comment);
        } else {
            trail.tell(
                    actor,
                    "policy.commented",
                    proposal.name(),
                    comment.described(),
                    "The comment could not be recorded, so it was not taken.");
            table.insert(comment);
        }
        return true;
    }

    private void requireMay(Caller.Person person, Proposal proposal, boolean rejects) {
        boolean own = person.id().equals(new PersonId(proposal.author()));
        if (!own && !permissions.allows(person, "policy.review")) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Comments are for a proposal's author and for those whom the policy in force allows policy.review.");
        }
        if (rejects) {
            permissions.require(person, "policy.approve");
            permissions.requireStepUp(person);
        }
    }

    private void requireCommit(Proposal proposal, Said said) {
        if (!said.commit().orElse(proposal.commit()).equals(proposal.commit())) {
            throw new ProblemException(
                    ProblemType.PROPOSAL_MOVED, "The proposal is the commit " + proposal.commit() + " now.");
        }
        if (said.place() != null) {
            requirePlace(proposal.commit(), said.place());
        }
    }

    private void requirePlace(GitCommit commit, Comment.Place place) {
        byte[] content = repository.files(commit).orElseThrow().get(place.file());
        if (content == null) {
            throw misplaced("/file", "The proposed commit has no such file.");
        }
        long lines = lines(content);
        if (place.line() != null && (place.line() < 1 || place.line() > lines)) {
            throw misplaced("/line", "The file has the lines 1 to " + lines + ".");
        }
    }

    private static ProblemException misplaced(String pointer, String detail) {
        return new ProblemException(ProblemType.SCHEMA, detail, List.of(new FieldError(pointer, detail)));
    }

    /** As a comparison numbers them. */
    private static long lines(byte[] content) {
        String text = new String(content, UTF_8);
        long ended = text.chars().filter(c -> c == '\n').count();
        return text.isEmpty() || text.endsWith("\n") ? ended : ended + 1;
    }
}
