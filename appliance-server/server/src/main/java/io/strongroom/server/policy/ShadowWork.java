package io.strongroom.server.policy;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.diff.DecisionDiff;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.policy.repository.BundleCheck;
import io.strongroom.server.policy.repository.PolicyRepository;
import io.strongroom.server.policy.shadow.Pace;
import io.strongroom.server.policy.shadow.Replay;
import io.strongroom.server.privacy.RecordOpener;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes one shadow evaluation: compiles both bundles once, replays the last days, and writes the report. */
final class ShadowWork {
    private final PolicyRepository repository;
    private final BundleCheck check;
    private final ActivationTable activations;
    private final LedgerReader ledger;
    private final RecordOpener opener;
    private final String region;

    ShadowWork(
            PolicyRepository repository,
            BundleCheck check,
            ActivationTable activations,
            LedgerReader ledger,
            RecordOpener opener,
            String region) {
        this.repository = repository;
        this.check = check;
        this.activations = activations;
        this.ledger = ledger;
        this.opener = opener;
        this.region = region;
    }

    /**
     * What a run comes to.
     *
     * @param summary how many decisions change
     */
    record Made(Json.Obj report, Json.Obj summary) {}

    /**
     * Runs.
     *
     * @param base the bundle that was in force when it was asked for
     * @return empty if it was stopped
     * @throws InvalidBundleException if the proposal's bundle is not valid any more, or takes too long
     */
    Optional<Made> make(ShadowRun run, CompiledPolicy base, ShadowProgress progress) {
        CompiledPolicy head = compiled(run);
        long since = run.startedAt() - Duration.ofDays(run.days()).toMillis();
        long from = Replay.firstSince(ledger, since);
        long end = ledger.size();
        progress.begin(end - from);
        Map<Digest, Optional<CompiledPolicy>> known = new HashMap<>();
        known.put(base.bundle().digest(), Optional.of(base));
        Replay replay = new Replay(
                ledger,
                opener,
                digest -> known.computeIfAbsent(digest, this::earlier),
                new DecisionDiff(base, head),
                region,
                Pace.of(run.rate()));
        if (!replay.run(from, end, progress::at)) {
            return Optional.empty();
        }
        Json.Obj report = Json.object()
                .put("v", 1)
                .putAll(run.facts().build())
                .put("from", Rfc3339.format(since))
                .put("to", Rfc3339.format(run.startedAt()))
                .put("fromSeq", from)
                .put("endSeq", end)
                .putAll(replay.findings().report())
                .build();
        return Optional.of(new Made(report, replay.findings().summary()));
    }

    private CompiledPolicy compiled(ShadowRun run) {
        Bundle bundle =
                check.check(repository.files(run.commit()).orElseThrow()).bundle();
        if (!bundle.files().digest().equals(run.bundle())) {
            throw new IllegalStateException("the commit " + run.commit() + " holds another bundle than it did");
        }
        return check.bounded(() -> new CompiledPolicy(bundle, run.commit().hex()));
    }

    /** A bundle that was in force before; empty if this program does not have it, or cannot read it any more. */
    private Optional<CompiledPolicy> earlier(Digest bundle) {
        CompiledPolicy builtIn = new BuiltInPolicy();
        if (builtIn.bundle().digest().equals(bundle)) {
            return Optional.of(builtIn);
        }
        try {
            return activations.of(bundle).map(StoredBundles::compile);
        } catch (InvalidBundleException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
