package io.strongroom.server.policy;

import io.strongroom.api.json.Json;
import io.strongroom.server.policy.repository.PolicyRepository;
import java.time.InstantSource;
import java.util.List;

/** A proposal with what was said of it, as those who read it see it. */
final class WholeProposal {
    private final Approvals approvals;
    private final Comments comments;
    private final ShadowReports shadows;
    private final PolicyRepository repository;
    private final InstantSource clock;

    WholeProposal(
            Approvals approvals,
            Comments comments,
            ShadowReports shadows,
            PolicyRepository repository,
            InstantSource clock) {
        this.approvals = approvals;
        this.comments = comments;
        this.shadows = shadows;
        this.repository = repository;
        this.clock = clock;
    }

    /** With exactly what an approval has to name, now. */
    Json.Obj of(Proposal proposal) {
        long now = clock.millis();
        List<Json> given = approvals.of(proposal).stream()
                .<Json>map(
                        each -> PolicyJson.approval(each, approvals.stands(each), approvals.judge(each, proposal, now)))
                .toList();
        List<Json> said =
                comments.of(proposal).stream().<Json>map(PolicyJson::comment).toList();
        return PolicyJson.proposal(proposal)
                .put("change", PolicyJson.change(approvals.change(proposal)))
                .put("continuesMain", repository.continuesMain(proposal.commit()))
                .put("approvals", new Json.Arr(given))
                .put("comments", new Json.Arr(said))
                .put("shadow", shadows.attached(proposal))
                .build();
    }
}
