package io.strongroom.server.policy;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.ApprovalVerdict;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.policies.PolicyBundle;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the slice answers, as JSON. */
final class PolicyJson {
    private PolicyJson() {}

    static Json.Obj bundle(PolicyBundle bundle) {
        return Json.object()
                .put("name", bundle.name())
                .put("version", bundle.version())
                .put("digest", bundle.digest().toString())
                .put("commit", bundle.commit().isEmpty() ? null : bundle.commit())
                .build();
    }

    static Json.Builder proposal(Proposal proposal) {
        return Json.object()
                .put("name", proposal.name())
                .put("author", proposal.author())
                .put("title", proposal.title())
                .put("state", proposal.state().wire())
                .put("commit", proposal.commit().hex())
                .put("bundle", proposal.bundle().toString())
                .put("createdAt", Rfc3339.format(proposal.createdAt()))
                .put("changedAt", Rfc3339.format(proposal.changedAt()));
    }

    /** Exactly what an approval has to name. */
    static Json.Obj change(PolicyChange change) {
        return Json.object()
                .put("origin", change.origin().value())
                .put("proposal", change.proposal())
                .put("bundle", change.bundle().toString())
                .put("commit", change.commit().hex())
                .put("baseBundle", change.baseBundle().toString())
                .put("requester", change.requester().value())
                .build();
    }

    static Json.Obj approval(GivenApproval given, boolean stands, ApprovalVerdict verdict) {
        Approval approval = given.signed().approval();
        boolean counts = stands && verdict instanceof ApprovalVerdict.Counts;
        String why = null;
        if (given.withdrawn()) {
            why = "it was taken back";
        } else if (!stands) {
            why = "the officer's key or role does not count any more";
        } else if (verdict instanceof ApprovalVerdict.DoesNotCount not) {
            why = "expected " + not.expected() + ", found " + not.found();
        }
        return Json.object()
                .put("digest", given.digest().toString())
                .put("officer", approval.officer().value())
                .put("role", approval.role())
                .put("decision", approval.decision().wire())
                .put("commit", approval.change().commit().hex())
                .put("at", Rfc3339.format(approval.at()))
                .put("expires", Rfc3339.format(approval.expires()))
                .put("counts", counts)
                .put("reason", why)
                .put("withdrawn", given.withdrawn())
                // So that a reader can verify the signature, too.
                .put(
                        "envelope",
                        Base64.getEncoder().encodeToString(given.signed().toJson()))
                .put(
                        "key",
                        Base64.getEncoder().encodeToString(given.officer().key().spki()))
                .build();
    }

    static Json.Obj comment(Comment comment) {
        Comment.@Nullable Place place = comment.place();
        Json.Builder json = Json.object()
                .put("digest", comment.digest().toString())
                .put("author", comment.author())
                .put("at", Rfc3339.format(comment.at()))
                .put("commit", comment.commit().hex());
        if (place != null) {
            json.put("file", place.file()).put("line", place.line() == null ? null : Long.valueOf(place.line()));
        }
        Digest rejection = comment.rejection();
        return json.put("text", comment.text())
                .put("requestsChanges", rejection != null)
                .put("rejection", rejection == null ? null : rejection.toString())
                .build();
    }

    static Json.Obj activation(Activation activation) {
        Long seq = activation.seq();
        return Json.object()
                .put("recordId", activation.record().toString())
                .put("seq", seq)
                .put("bundle", activation.bundle().toString())
                .put("baseBundle", activation.baseBundle().toString())
                .put("commit", activation.commit().hex())
                .put("proposal", activation.proposal())
                .put("requester", activation.requester())
                .put("at", Rfc3339.format(activation.begunAt()))
                .putTexts(
                        "approvals",
                        activation.approvals().stream().map(Object::toString).toList())
                .build();
    }

    static byte[] items(List<Json> items) {
        return Json.object().put("items", new Json.Arr(items)).build().bytes();
    }
}
