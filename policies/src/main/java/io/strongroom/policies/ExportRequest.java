package io.strongroom.policies;

import java.time.Instant;

/**
 * Who wants to take what out.
 *
 * @param caller who
 * @param format the pack's format, as {@code ndjson}
 * @param purpose for what, as the caller states it; empty where none is stated
 * @param time when; the decision depends on no other clock
 */
public record ExportRequest(Caller caller, String format, String purpose, Instant time) {}
