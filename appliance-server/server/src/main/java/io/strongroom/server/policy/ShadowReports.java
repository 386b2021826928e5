package io.strongroom.server.policy;

import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.objects.ObjectStore;
import io.strongroom.server.policy.ShadowRun.End;
import io.strongroom.server.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of shadow evaluations: where they are, what they found, and whether that still holds. */
final class ShadowReports {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ShadowTable table;
    private final ShadowRuns runs;
    private final Proposals proposals;
    private final PolicyInForce inForce;
    private final ObjectStore objects;

    ShadowReports(ShadowTable table, ShadowRuns runs, Proposals proposals, PolicyInForce inForce, ObjectStore objects) {
        this.table = table;
        this.runs = runs;
        this.proposals = proposals;
        this.inForce = inForce;
        this.objects = objects;
    }

    /**
     * The proposal's last run.
     *
     * @throws ProblemException {@code not-found} if there is none
     */
    Json.Obj newest(String name) {
        Proposal proposal = proposals.require(name);
        return table.newest(name)
                .map(run -> told(run, proposal))
                .orElseThrow(() ->
                        new ProblemException(ProblemType.NOT_FOUND, "No shadow evaluation was made of this proposal."));
    }

    /** What is attached to a proposal: its last run that has a report; null if there is none. */
    Json.@Nullable Obj attached(Proposal proposal) {
        return table.newestCompleted(proposal.name())
                .map(run -> told(run, proposal))
                .orElse(null);
    }

    private Json.Obj told(ShadowRun run, Proposal proposal) {
        End end = run.end();
        Optional<ShadowProgress> progress = runs.progress(run.id());
        Json.Builder json = Json.object()
                .putAll(run.facts().build())
                .put("state", run.state().wire())
                .put("stale", isStale(run, proposal));
        if (end == null) {
            return json.put("done", progress.map(ShadowProgress::done).orElse(0L))
                    .put("total", progress.map(ShadowProgress::total).orElse(0L))
                    .build();
        }
        json.put("endedAt", Rfc3339.format(end.at())).put("done", end.done()).put("total", end.total());
        return run.report()
                .map(report -> json.put("report", report.toString()).put("summary", end.summary()))
                .orElseGet(() -> json.put("reason", end.reason()))
                .build();
    }

    /** Whether it compared something else than would be approved now. */
    private boolean isStale(ShadowRun run, Proposal proposal) {
        return !run.commit().equals(proposal.commit())
                || !run.base().equals(inForce.bundle().digest());
    }

    /**
     * The report of a proposal's last run that has one.
     *
     * @throws ProblemException {@code not-found} if there is none, {@code storage-unavailable}
     */
    byte[] report(String name) {
        ShadowRun run = table.newestCompleted(proposals.require(name).name())
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "There is no report of a shadow evaluation of this proposal."));
        try {
            Optional<InputStream> found = objects.get(run.object(), 0);
            if (found.isEmpty()) {
                throw new ProblemException(ProblemType.NOT_FOUND, "The report is gone from the object store.");
            }
            byte[] report;
            try (InputStream in = found.get()) {
                report = in.readAllBytes();
            }
            if (!Optional.of(Digest.of(report)).equals(run.report())) {
                throw new IllegalStateException("the report of the shadow evaluation " + run.id() + " was changed");
            }
            return report;
        } catch (IOException e) {
            throw new ProblemException(ProblemType.STORAGE_UNAVAILABLE, "The object store does not answer.", e)
                    .retryAfter(SOON);
        }
    }
}
