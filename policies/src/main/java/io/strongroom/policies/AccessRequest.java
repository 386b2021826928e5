package io.strongroom.policies;

import java.time.Instant;

/**
 * Who wants to do what, when and for what.
 *
 * @param caller who
 * @param operation what: a name of {@link Operations}
 * @param purpose for what, as the caller states it; empty where none is stated
 * @param time when; the decision depends on no other clock
 */
public record AccessRequest(Caller caller, String operation, String purpose, Instant time) {}
