package io.strongroom.policies;

import java.util.List;

/**
 * Whether somebody may do something, and by which rule.
 *
 * @param bundle the bundle that decided
 * @param outcome the answer
 * @param rule the rule that allows it; empty if none does
 * @param reason in a sentence, for people
 * @param undecided rules whose conditions could not be evaluated, and so did not allow, with what went wrong
 */
public record AccessDecision(PolicyBundle bundle, Outcome outcome, String rule, String reason, List<String> undecided) {

    /** The answers there are. */
    public enum Outcome {
        /** It may be done. */
        ALLOWED,
        /** It must not be done. */
        DENIED,
        /** It may be done with some records: ask again with each. */
        PER_RECORD
    }

    public AccessDecision {
        undecided = List.copyOf(undecided);
    }

    /** Whether it may be done, whatever the record. */
    public boolean isAllowed() {
        return outcome == Outcome.ALLOWED;
    }
}
