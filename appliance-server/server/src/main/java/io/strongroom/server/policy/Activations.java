package io.strongroom.server.policy;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.policies.bundle.BundleArchive;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.Ledger;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.QueueFullException;
import io.strongroom.server.policy.ActivationCheck.Ready;
import io.strongroom.server.policy.repository.Actor;
import io.strongroom.server.policy.repository.PolicyRepository;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.SystemRecords;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
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

    private final ActivationTable table;
    private final Proposals proposals;
    private final PolicyRepository repository;
    private final ActivationCheck check;
    private final PolicyInForce inForce;
    private final PolicyTrail trail;
    private final SystemRecords records;
    private final Ledger ledger;
    private final LedgerReader reader;
    private final InstantSource clock;

    Activations(
            ActivationTable table,
            Proposals proposals,
            ActivationCheck check,
            PolicyRepository repository,
            PolicyInForce inForce,
            PolicyTrail trail,
            SystemRecords records,
            Ledger ledger,
            LedgerReader reader,
            InstantSource clock) {
        this.table = table;
        this.proposals = proposals;
        this.repository = repository;
        this.check = check;
        this.inForce = inForce;
        this.trail = trail;
        this.records = records;
        this.ledger = ledger;
        this.reader = reader;
        this.clock = clock;
    }

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
            return activate(actor, check.require(proposals.require(name)));
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

    private Activation activate(Actor actor, Ready ready) {
        Proposal proposal = ready.proposal();
        Draft draft = records.draft(
                PolicyTrail.STREAM,
                trail.event(actor, Activation.ACTION, "success", proposal.name(), ready.attributes()));
        Activation begun = new Activation(
                draft.id(),
                reader.size(),
                null,
                proposal.bundle(),
                ready.base(),
                proposal.commit(),
                proposal.name(),
                proposal.author(),
                clock.millis(),
                ready.given().stream().map(GivenApproval::digest).toList(),
                BundleArchive.write(ready.policy().source().files()));
        table.begin(begun);
        long seq = append(begun, draft);
        finish(begun, seq, () -> inForce.activate(ready.policy()));
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
    private void finish(Activation activation, long seq, Runnable decide) {
        table.settle(activation.record(), seq);
        moveMain(activation);
        decide.run();
        proposals.activated(activation);
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
        } catch (IllegalStateException | JsonException e) {
            LOG.error("The bundle in force cannot be used: {}", e.getMessage());
            inForce.close("unverifiable");
            return;
        }
        inForce.activate(last.get());
        makeGood();
    }

    /**
     * Does what should have been done with the last activation.
     *
     * @return where {@code main} stood, if it stood elsewhere than at the commit in force
     */
    synchronized Optional<GitCommit> makeGood() {
        finishBegun(false);
        Optional<Activation> last = table.last();
        GitCommit main = repository.main();
        Optional<GitCommit> elsewhere =
                last.filter(it -> !main.equals(it.commit())).map(it -> main);
        last.ifPresent(it -> {
            if (elsewhere.isPresent()) {
                moveMain(it);
            }
            proposals.activated(it);
        });
        return elsewhere;
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
                finish(begun, seq[0], () -> inForce.activate(begun));
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
