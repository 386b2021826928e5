package io.strongroom.policies.evaluate;

import static io.strongroom.policies.SearchDecision.Sight;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.AccessDecision;
import io.strongroom.policies.AccessDecision.Outcome;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.SearchDecision.Where;
import io.strongroom.policies.TenantHash;
import java.util.List;
import java.util.Optional;

/** Looks at a record that holds one field and nothing else, as a reader would see it: what they may look records up by. */
final class FieldSearch {
    private final PolicyBundle bundle;
    private final JsonSlice value;
    private final byte[] record;

    /** @param value canonical */
    FieldSearch(PolicyBundle bundle, JsonPointer field, JsonSlice value) {
        this.bundle = bundle;
        this.value = value;
        CanonicalWriter out = new CanonicalWriter();
        for (String name : field.tokens()) {
            out.beginObject().name(name);
        }
        out.rawValue(value);
        field.tokens().forEach(name -> out.endObject());
        this.record = out.toBytes();
    }

    /**
     * @param streams what to call the streams
     * @param profile the masking profile, counted in the plan; −1 for none
     * @param export the export rule, counted in the plan; −1 where nothing is taken out
     */
    Where in(String streams, Plan plan, AccessDecision access, int profile, int export) {
        if (access.outcome() == Outcome.DENIED) {
            return new Where(streams, Sight.DENIED, false, false, access.reason());
        }
        Sight whole = access.isAllowed() ? Sight.EVERY : Sight.SOME;
        List<FieldView> views = new ViewWalk(plan, record, profile, export, false).views();
        if (views.isEmpty()) {
            // Stands in clear for ever, and no rule is about it.
            return new Where(streams, whole, false, false, "");
        }
        PolicyDecision written = new DecideWalk(plan, record, false).decide(bundle, Optional.empty(), List.of(), "");
        boolean committed = !written.commitments().isEmpty();
        boolean findable = !written.findable().isEmpty();
        return switch (views.getFirst()) {
            case FieldView.Present present ->
                new Where(
                        streams,
                        whole,
                        committed,
                        findable,
                        !written.hashed().isEmpty() && !TenantHash.is(value)
                                ? "a hash of it stands in its place: look for that"
                                : committed && !findable
                                        ? "kept apart, and no rule of handling.yaml has it findable"
                                        : "");
            case FieldView.Masked masked ->
                new Where(
                        streams,
                        Sight.MASKED,
                        committed,
                        findable,
                        "masked by " + masked.rule()
                                + (findable ? "" : ", and no rule of handling.yaml has it findable"));
            case FieldView.Hidden hidden -> new Where(streams, Sight.HIDDEN, committed, findable, hidden.reason());
        };
    }
}
