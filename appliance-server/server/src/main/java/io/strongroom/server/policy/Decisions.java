package io.strongroom.server.policy;

import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.AccessDecision;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Caller;
import io.strongroom.policies.ExportRequest;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.ResidencyDecision;
import io.strongroom.policies.ViewDecision;
import io.strongroom.server.policy.DecisionCounts.Outcome;
import io.strongroom.server.policy.DecisionCounts.Point;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells of each decision what it came to, and counts it. Examples name the caller, the stream and the record's id, and
 * nothing that a record holds: no value, no name of a member, no purpose, no reason, which may quote one.
 */
final class Decisions {
    /** A record's id stands under it. */
    private static final String RECORD_ID = "recordId";

    private final DecisionCounts counts;

    Decisions(DecisionCounts counts) {
        this.counts = counts;
    }

    DecisionCounts counts() {
        return counts;
    }

    void write(String stream, PolicyDecision decision) {
        counts.count(Point.WRITE, outcome(decision), decision.rule(), () -> sample(stream, null));
    }

    private static Outcome outcome(PolicyDecision decision) {
        if (decision.refusal().isPresent()) {
            return Outcome.DENIED;
        }
        if (!decision.reasons().isEmpty()) {
            return Outcome.UNDECIDED;
        }
        boolean whole = decision.commitments().isEmpty()
                && decision.dropped().isEmpty()
                && decision.hashed().isEmpty();
        return whole ? Outcome.ALLOWED : Outcome.RESTRICTED;
    }

    /** A write that no bundle decided over, since the one in force cannot be used. */
    void unavailable(String stream) {
        counts.count(Point.WRITE, Outcome.DENIED, "policy-unavailable", () -> sample(stream, null));
    }

    void residency(String stream, ResidencyDecision decision) {
        if (!decision.allowed()) {
            counts.count(Point.RESIDENCY, Outcome.DENIED, decision.rule(), () -> sample(stream, null));
        }
    }

    void operation(AccessRequest request, AccessDecision decision, String stream) {
        counts.count(Point.OPERATION, outcome(decision), decision.rule(), () -> {
            Map<String, Object> sample = sample(stream, request.caller());
            sample.put("operation", request.operation());
            return sample;
        });
    }

    void export(ExportRequest request, AccessDecision decision, String stream) {
        counts.count(Point.EXPORT, outcome(decision), decision.rule(), () -> {
            Map<String, Object> sample = sample(stream, request.caller());
            sample.put("format", request.format());
            return sample;
        });
    }

    private static Outcome outcome(AccessDecision decision) {
        return switch (decision.outcome()) {
            case ALLOWED -> Outcome.ALLOWED;
            case PER_RECORD -> Outcome.RESTRICTED;
            case DENIED -> decision.undecided().isEmpty() ? Outcome.DENIED : Outcome.UNDECIDED;
        };
    }

    void read(Caller caller, ViewDecision decision, String stream, byte[] record) {
        view(Point.READ, caller, decision, stream, record);
    }

    void exportedRecord(Caller caller, ViewDecision decision, String stream, byte[] record) {
        view(Point.EXPORTED_RECORD, caller, decision, stream, record);
    }

    private void view(Point point, Caller caller, ViewDecision decision, String stream, byte[] record) {
        int notShown = 0;
        for (FieldView field : decision.fields()) {
            notShown += field instanceof FieldView.Present ? 0 : 1;
        }
        int hidden = notShown;
        Outcome access = outcome(decision.access());
        Outcome outcome = access == Outcome.ALLOWED && hidden > 0 ? Outcome.RESTRICTED : access;
        counts.count(point, outcome, decision.access().rule(), () -> {
            Map<String, Object> sample = sample(stream, caller);
            JsonSlice id = CanonicalObject.ofCanonical(record).get(RECORD_ID);
            if (id != null) {
                sample.put(RECORD_ID, id.string());
            }
            if (!decision.profile().isEmpty()) {
                sample.put("profile", decision.profile());
            }
            sample.put("hidden", hidden);
            return sample;
        });
    }

    /** A record that was shown whole without a look at it, since the bundle hides nothing. */
    void whole(Point point, Caller caller, String stream) {
        counts.count(point, Outcome.ALLOWED, "", () -> sample(stream, caller));
    }

    private static Map<String, Object> sample(String stream, @Nullable Caller caller) {
        Map<String, Object> sample = new HashMap<>();
        if (!stream.isEmpty()) {
            sample.put("stream", stream);
        }
        if (caller != null) {
            sample.put("caller", caller.id());
        }
        return sample;
    }
}
