package io.strongroom.server.policy;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.approval.ApprovalVerdict.Counts;
import io.strongroom.evidence.approval.PairVerdict;
import io.strongroom.evidence.approval.PairVerdict.Approved;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.BundleArchive;
import io.strongroom.policies.diff.Change;
import io.strongroom.policies.diff.SemanticDiff;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.Ledger;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.QueueFullException;
import io.strongroom.server.policy.repository.Actor;
import io.strongroom.server.policy.repository.BundleCheck;
import io.strongroom.server.policy.repository.PolicyRepository;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.SystemRecords;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings bundles into force. First a row says what is about to happen; then the ledger records it, which decides; then the
 * row is settled, {@code main} moved, and the bundle decides. A process that ends in between finds the row at its next
 * start, and the record in the ledger or not: so what was begun is finished or undone ({@link #recover}).
 */
final class Activations {
    private static final Logger LOG = LoggerFactory.getLogger(Activations.class);
    private static final Duration WAIT = Duration.ofSeconds(20);

    /** The ledger stamps the record a little later than it is judged, and by then its approvals must not be over. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final int MOST_CHANGES = 100;
    private static final int LONGEST_CHANGE = 300;

    private final ActivationTable table;
    private final Proposals proposals;
    private final Approvals approvals;
    private final PolicyRepository repository;
    private final BundleCheck check;
    private final PolicyInForce inForce;
    private final PolicyTrail trail;
    private final SystemRecords records;
    private final Ledger ledger;
    private final LedgerReader reader;
    private final InstantSource clock;

    Activations(
            ActivationTable table,
            Proposals proposals,
            Approvals approvals,
            PolicyRepository repository,
            BundleCheck check,
            PolicyInForce inForce,
            PolicyTrail trail,
            SystemRecords records,
            Ledger ledger,
            LedgerReader reader,
            InstantSource clock) {
        this.table = table;
        this.proposals = proposals;
        this.approvals = approvals;
        this.repository = repository;
        this.check = check;
        this.inForce = inForce;
        this.trail = trail;
        this.records = records;
        this.ledger = ledger;
        this.reader = reader;
        this.clock = clock;
    }

    /** What is about to come into force, and by whom. */
    private record Prepared(Proposal proposal, CompiledPolicy policy, Approved approved, SemanticDiff diff) {}

    /**
     * Brings a proposal into force. Returns once it is.
     *
     * @throws ProblemException {@code not-approved}, {@code policy-version-stale}, {@code proposal-ended}; then nothing was
     *     changed. {@code ledger-unavailable}: then it comes into force later, if the ledger took the record
     */
    synchronized Activation activate(Actor actor, String name) {
        try {
            finishBegun(false);
            if (!table.begun().isEmpty()) {
                throw new ProblemException(
                                ProblemType.LEDGER_UNAVAILABLE,
                                "It is not known yet how the activation before this one ended.")
                        .retryAfter(WAIT);
            }
            return activate(actor, prepare(proposals.require(name)));
        } catch (ProblemException e) {
            trail.refused(
                    actor,
                    "policy.activation-refused",
                    name,
                    Map.of(
                            "proposal",
                            name,
                            "outcome",
                            e.type().code(),
                            "reason",
                            e.problem().detail()));
            throw e;
        }
    }

    // --- Whether it may

    private Prepared prepare(Proposal proposal) {
        inForce.requireUsable();
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
            return check.bounded(() -> new Prepared(
                    proposal,
                    new CompiledPolicy(bundle, proposal.commit().hex()),
                    approved,
                    SemanticDiff.of(inForce.now().source(), bundle)));
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

    // --- Doing it

    private Activation activate(Actor actor, Prepared prepared) {
        Draft draft = records.draft(
                PolicyTrail.STREAM,
                trail.event(
                        actor, Activation.ACTION, "success", prepared.proposal().name(), attributes(prepared)));
        Activation begun = new Activation(
                draft.id(),
                reader.size(),
                null,
                prepared.proposal().bundle(),
                inForce.bundle().digest(),
                prepared.proposal().commit(),
                prepared.proposal().name(),
                prepared.proposal().author(),
                clock.millis(),
                given(prepared).stream().map(GivenApproval::digest).toList(),
                BundleArchive.write(prepared.policy().source().files()));
        table.begin(begun);
        long seq = append(begun, draft);
        finish(begun, seq, prepared.policy());
        return begun;
    }

    private long append(Activation begun, Draft draft) {
        Future<AppendOutcome> appended;
        try {
            appended = ledger.append(List.of(draft)).getFirst();
        } catch (QueueFullException e) {
            // It was not taken, which is certain.
            table.undo(begun.record());
            throw e;
        }
        try {
            return switch (appended.get(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                case AppendOutcome.Appended it -> it.receipt().seq();
                case AppendOutcome.Replayed it -> it.receipt().seq();
                case AppendOutcome.Conflict it ->
                    throw new IllegalStateException("a record without a key cannot conflict");
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(e);
        } catch (ExecutionException | TimeoutException e) {
            throw unknown(e);
        }
    }

    private static ProblemException unknown(Exception e) {
        return new ProblemException(
                        ProblemType.LEDGER_UNAVAILABLE,
                        "It is not known yet whether the ledger has recorded the activation; if it has, the bundle comes into"
                                + " force.",
                        e)
                .retryAfter(WAIT);
    }

    /** The ledger has it, so that nothing holds it up any more: what fails here is made good later. */
    private void finish(Activation activation, long seq, CompiledPolicy policy) {
        table.settle(activation.record(), seq);
        moveMain(activation);
        inForce.activate(policy);
        proposals.activated(activation.proposal());
        LOG.info("The bundle {} of the commit {} is in force", activation.bundle(), activation.commit());
    }

    private void moveMain(Activation activation) {
        try {
            repository.moveMain(activation.commit());
            repository.backUp();
        } catch (IOException | RuntimeException e) {
            LOG.error("main could not be moved to the commit in force; it is tried again", e);
        }
    }

    private List<GivenApproval> given(Prepared prepared) {
        List<Counts> pair =
                List.of(prepared.approved().first(), prepared.approved().second());
        return approvals.of(prepared.proposal()).stream()
                .filter(given -> pair.stream().anyMatch(counts -> counts.approval()
                        .equals(given.signed().approval())))
                .toList();
    }

    private Map<String, Object> attributes(Prepared prepared) {
        Proposal proposal = prepared.proposal();
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("baseBundle", inForce.bundle().digest().toString());
        attributes.put("bundle", proposal.bundle().toString());
        attributes.put("commit", proposal.commit().hex());
        attributes.put("proposal", proposal.name());
        attributes.put("requester", proposal.author());
        attributes.put("name", prepared.policy().bundle().name());
        attributes.put("version", prepared.policy().bundle().version());
        attributes.put("diffDigest", Digest.of(prepared.diff().toJson()).toString());
        attributes.put(
                "diff",
                prepared.diff().changes().stream()
                        .limit(MOST_CHANGES)
                        .map(Change::toString)
                        .map(change -> change.length() <= LONGEST_CHANGE ? change : change.substring(0, LONGEST_CHANGE))
                        .toList());
        attributes.put("changes", prepared.diff().changes().size());
        List<Map<String, Object>> signed = new ArrayList<>();
        for (GivenApproval given : given(prepared)) {
            signed.add(Map.of(
                    "officer", given.officer().id().value(),
                    "role", given.signed().approval().role(),
                    "key", given.officer().key().id().toString(),
                    "envelope",
                            Base64.getEncoder().encodeToString(given.signed().toJson())));
        }
        attributes.put("approvals", signed);
        return attributes;
    }

    // --- At the start, and after trouble

    /** Brings into force what the ledger says is, once it is open. Before any request. */
    synchronized void recover() {
        finishBegun(true);
        Optional<Activation> last = table.last();
        if (last.isEmpty()) {
            return;
        }
        try {
            requireRecorded(last.get());
            inForce.activate(StoredBundles.compile(last.get()));
        } catch (InvalidBundleException | IllegalStateException | JsonException e) {
            LOG.error("The bundle in force cannot be used: {}", e.getMessage());
            inForce.close("unverifiable");
            return;
        }
        makeGood();
    }

    /** Does what should have been done with the last activation. */
    synchronized void makeGood() {
        finishBegun(false);
        table.last().ifPresent(last -> {
            if (!repository.main().equals(last.commit())) {
                moveMain(last);
            }
            proposals.activated(last.proposal());
        });
    }

    /** @param over whether nothing is on its way into the ledger any more, so that what is not there never comes */
    private void finishBegun(boolean over) {
        for (Activation begun : table.begun()) {
            long[] seq = {-1};
            reader.read(Math.min(begun.since(), reader.size()), reader.size(), false, row -> {
                if (row.entry().id().equals(begun.record())) {
                    seq[0] = row.entry().seq();
                }
                return seq[0] < 0;
            });
            if (seq[0] >= 0) {
                finish(begun, seq[0], StoredBundles.compile(begun));
            } else if (over) {
                LOG.warn("The activation of {} was begun and is not in the ledger: it is undone", begun.bundle());
                table.undo(begun.record());
            }
        }
    }

    private void requireRecorded(Activation activation) {
        Long seq = activation.seq();
        byte[] body = seq == null || seq >= reader.size()
                ? null
                : reader.find(seq)
                        .filter(row -> row.entry().id().equals(activation.record()))
                        .map(LedgerReader.Row::body)
                        .orElse(null);
        if (body == null) {
            throw new IllegalStateException("the ledger does not have its activation");
        }
        CanonicalObject record = CanonicalObject.of(body);
        CanonicalObject attributes = record.require("attributes").object();
        if (!record.require("action").isString(Activation.ACTION)
                || !attributes.require("bundle").isString(activation.bundle().toString())
                || !attributes.require("commit").isString(activation.commit().hex())) {
            throw new IllegalStateException("the ledger tells of another activation");
        }
    }
}
