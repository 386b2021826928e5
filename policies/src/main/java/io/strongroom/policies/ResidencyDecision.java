package io.strongroom.policies;

/**
 * Whether records of a stream may stand in a region.
 *
 * @param bundle the bundle that decided
 * @param allowed the answer
 * @param rule the rule that decided; empty if no rule names the stream
 * @param reason in a sentence, for people
 */
public record ResidencyDecision(PolicyBundle bundle, boolean allowed, String rule, String reason) {}
