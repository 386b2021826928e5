package io.strongroom.server.policy;

import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.keys.KeyUnavailableException;
import io.strongroom.server.ledger.LedgerDamagedException;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.objects.ObjectStore.Protection;
import io.strongroom.server.policy.ShadowRun.End;
import io.strongroom.server.policy.ShadowRun.State;
import io.strongroom.server.policy.ShadowWork.Made;
import io.strongroom.server.policy.repository.Actor;
import io.strongroom.server.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shadow evaluations: what proposals would decide otherwise than the bundle in force. One runs at a time, on a thread
 * of its own; its report is kept in the object store, and its digest with the proposal. A run that the end of the process
 * cuts off has failed.
 */
final class ShadowRuns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowRuns.class);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration DATABASE_PAUSE = Duration.ofSeconds(5);
    private static final int STOP_SECONDS = 10;
    private static final int ID_RANDOM = 10;

    private final ShadowTable table;
    private final Proposals proposals;
    private final PolicyInForce inForce;
    private final ShadowWork work;
    private final ObjectStore objects;
    private final PolicyTrail trail;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, ShadowProgress> running = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("policy-shadow").daemon().factory());
    private volatile boolean closing;

    ShadowRuns(
            ShadowTable table,
            Proposals proposals,
            PolicyInForce inForce,
            ShadowWork work,
            ObjectStore objects,
            PolicyTrail trail,
            InstantSource clock,
            RandomGenerator random) {
        this.table = table;
        this.proposals = proposals;
        this.inForce = inForce;
        this.work = work;
        this.objects = objects;
        this.trail = trail;
        this.clock = clock;
        this.random = random;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Says of what an earlier process left that it has failed. Before any request. */
    void recover() {
        table.running().ifPresent(id -> {
            String reason = "The appliance was stopped before it was done; ask again.";
            if (table.end(id, failed(0, 0, reason))) {
                trail.seen("policy.shadow-failed", "failure", "shadow", Map.of("run", id, "reason", reason));
            }
        });
    }

    // --- Asking for one

    /**
     * Begins a run.
     *
     * @param days how many days to replay, 1 to 366
     * @param rate entries a second, at most; 0 for as many as can be
     * @throws ProblemException {@code shadow-running} if one runs already, {@code proposal-ended}, {@code policy-unavailable}
     */
    synchronized ShadowRun request(Actor actor, String name, int days, int rate) {
        Proposal proposal = proposals.require(name);
        if (!proposal.state().isPending()) {
            throw new ProblemException(
                    ProblemType.PROPOSAL_ENDED,
                    "The proposal is " + proposal.state().wire() + ".");
        }
        inForce.requireUsable();
        CompiledPolicy base = inForce.now();
        long now = clock.millis();
        byte[] tail = new byte[ID_RANDOM];
        random.nextBytes(tail);
        ShadowRun run = new ShadowRun(
                RecordId.of(now, tail).toString(),
                name,
                actor.person(),
                days,
                rate,
                base.bundle().digest(),
                base.bundle().commit(),
                proposal.bundle(),
                proposal.commit(),
                now,
                null);
        if (table.running().isPresent()) {
            throw oneRuns();
        }
        trail.tell(
                actor,
                "policy.shadow-requested",
                name,
                Map.of(
                        "proposal", name,
                        "commit", run.commit().hex(),
                        "bundle", run.bundle().toString(),
                        "baseBundle", run.base().toString(),
                        "run", run.id(),
                        "days", days,
                        "rate", rate),
                "The shadow evaluation could not be recorded, so it was not begun.");
        if (!table.begin(run)) {
            throw oneRuns();
        }
        ShadowProgress progress = new ShadowProgress();
        running.put(run.id(), progress);
        thread.execute(() -> run(run, base, progress));
        return run;
    }

    private static ProblemException oneRuns() {
        return new ProblemException(
                        ProblemType.SHADOW_RUNNING,
                        "The appliance makes one shadow evaluation at a time, and one runs.")
                .retryAfter(SOON);
    }

    // --- Making it

    private void run(ShadowRun run, CompiledPolicy base, ShadowProgress progress) {
        try {
            work.make(run, base, progress).ifPresent(made -> complete(run, progress, made));
        } catch (InvalidBundleException e) {
            fail(
                    run,
                    progress,
                    "The proposal's bundle is not valid any more: " + e.faults().getFirst() + ".",
                    e);
        } catch (KeyUnavailableException e) {
            fail(run, progress, "A key that hidden fields need is not here.", e);
        } catch (LedgerDamagedException e) {
            fail(run, progress, "An entry of the range does not match its leaf hash.", e);
        } catch (ProblemException e) {
            fail(run, progress, e.problem().detail(), e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            if (!closing) {
                fail(run, progress, "It could not be made; the appliance's log says why.", e);
            }
        } finally {
            running.remove(run.id());
        }
    }

    private void complete(ShadowRun run, ShadowProgress progress, Made made) {
        byte[] report = made.report().bytes();
        Digest digest = Digest.of(report);
        try {
            objects.put(run.object(), report, Protection.NONE);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.STORAGE_UNAVAILABLE, "The object store did not take the report.", e);
        }
        trail.tell(
                PolicyTrail.appliance(),
                "policy.shadow-completed",
                run.proposal(),
                Map.of(
                        "proposal", run.proposal(),
                        "commit", run.commit().hex(),
                        "bundle", run.bundle().toString(),
                        "baseBundle", run.base().toString(),
                        "run", run.id(),
                        "entries", progress.total(),
                        "report", digest.toString()),
                "The shadow evaluation could not be recorded, so its report is not kept.");
        settle(
                run,
                new End(
                        State.COMPLETED,
                        clock.millis(),
                        progress.done(),
                        progress.total(),
                        "",
                        digest,
                        made.summary()));
    }

    private void fail(ShadowRun run, ShadowProgress progress, String reason, Throwable cause) {
        LOG.warn("The shadow evaluation {} of {} failed: {}", run.id(), run.proposal(), reason, cause);
        trail.seen(
                "policy.shadow-failed",
                "failure",
                run.proposal(),
                Map.of("proposal", run.proposal(), "run", run.id(), "reason", reason));
        settle(run, failed(progress.done(), progress.total(), reason));
    }

    private End failed(long done, long total, String reason) {
        return new End(State.FAILED, clock.millis(), done, total, reason, null, Json.Obj.EMPTY);
    }

    /** Tried until the database answers: a run that has ended must not hold up the next. */
    private void settle(ShadowRun run, End end) {
        try {
            var unused = table.end(run.id(), end);
        } catch (DatabaseException e) {
            LOG.warn("The end of the shadow evaluation {} waits for the database", run.id(), e);
            if (!closing) {
                var unused = thread.schedule(() -> settle(run, end), DATABASE_PAUSE.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    // --- Stopping it

    /**
     * Stops a proposal's run.
     *
     * @throws ProblemException {@code not-found} if none runs
     */
    void cancel(Actor actor, String name) {
        ShadowRun run = table.newest(name)
                .filter(newest -> newest.state() == State.RUNNING)
                .orElseThrow(() ->
                        new ProblemException(ProblemType.NOT_FOUND, "No shadow evaluation of this proposal runs."));
        trail.tell(
                actor,
                "policy.shadow-cancelled",
                name,
                Map.of("proposal", name, "run", run.id()),
                "The cancellation could not be recorded, so the shadow evaluation goes on.");
        Optional<ShadowProgress> progress = progress(run.id());
        var unused = table.end(
                run.id(),
                new End(
                        State.CANCELLED,
                        clock.millis(),
                        progress.map(ShadowProgress::done).orElse(0L),
                        progress.map(ShadowProgress::total).orElse(0L),
                        "It was cancelled.",
                        null,
                        Json.Obj.EMPTY));
        progress.ifPresent(ShadowProgress::stop);
    }

    /** How far a run has come; empty if it does not run here. */
    Optional<ShadowProgress> progress(String id) {
        return Optional.ofNullable(running.get(id));
    }

    /** Stops what runs; the next start says that it has failed. */
    @Override
    public void close() {
        closing = true;
        running.values().forEach(ShadowProgress::stop);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A shadow evaluation was still running when the appliance stopped");
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
