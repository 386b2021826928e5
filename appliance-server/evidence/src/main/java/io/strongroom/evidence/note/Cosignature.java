package io.strongroom.evidence.note;

import java.time.Instant;

/**
 * A verified cosignature: {@code key} says that at {@code time} this was the largest tree of the log that it had seen,
 * consistent with all before.
 */
public record Cosignature(VerifierKey key, Instant time) {}
