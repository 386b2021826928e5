package io.strongroom.policies.evaluate;

import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.policies.bundle.Bundle.ActionRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the attributes of a record look as the bundle knows them of its action.
 *
 * @param isRestricted whether they do not, and take the highest class for it
 * @param refusal why the record must not be taken in; empty if it may be
 * @param reasons what is the matter, for the decision
 * @param rule the rule that they do not fit; empty where they fit
 */
record ActionCheck(boolean isRestricted, Optional<String> refusal, List<String> reasons, String rule) {
    private static final ActionCheck FITS = new ActionCheck(false, Optional.empty(), List.of(), "");
    private static final byte[] NO_ATTRIBUTES = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_FAULTS = 5;

    static ActionCheck of(List<ActionRule> rules, byte[] record) {
        if (rules.isEmpty()) {
            return FITS;
        }
        CanonicalObject members = CanonicalObject.ofCanonical(record);
        JsonSlice action = members.get("action");
        if (action == null || action.kind() != JsonToken.STRING) {
            return FITS;
        }
        String name = action.string();
        JsonSlice attributes = members.get("attributes");
        for (ActionRule rule : rules) {
            if (rule.actions().selects(name)) {
                return check(
                        rule, attributes == null ? new JsonSlice(NO_ATTRIBUTES, 0, NO_ATTRIBUTES.length) : attributes);
            }
        }
        return FITS;
    }

    private static ActionCheck check(ActionRule rule, JsonSlice attributes) {
        List<String> faults = new ArrayList<>();
        rule.attributes().check(attributes, (pointer, reason, remedy) -> {
            if (faults.size() < MOST_FAULTS) {
                faults.add("/attributes" + pointer + " " + reason);
            }
        });
        if (faults.isEmpty()) {
            return FITS;
        }
        String id = rule.id().toString();
        String reason = "the attributes are not as " + id + " knows them: " + String.join("; ", faults);
        return rule.refuse()
                ? new ActionCheck(true, Optional.of(reason), List.of(reason), id)
                : new ActionCheck(true, Optional.empty(), List.of(reason + "; so all of them are RESTRICTED"), id);
    }
}
