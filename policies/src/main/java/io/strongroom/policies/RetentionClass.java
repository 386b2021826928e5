package io.strongroom.policies;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;

/**
 * How long records are kept.
 *
 * @param name as it stands in the ledger for ever: 1–64 of {@code a-z 0-9 . _ -}
 * @param period how long a record is kept after it was received; positive
 * @param graceDays how many days it then rests before it is removed, in which a hold can still save it; 0 or more
 */
public record RetentionClass(String name, Period period, int graceDays) {

    /** When a record may no longer be used: whole UTC days after it was received. */
    public Instant expiresAt(Instant receivedAt) {
        return receivedAt.atOffset(ZoneOffset.UTC).plus(period).toInstant();
    }

    /** When a record may be removed: after the grace. */
    public Instant removableAt(Instant receivedAt) {
        return receivedAt
                .atOffset(ZoneOffset.UTC)
                .plus(period)
                .plusDays(graceDays)
                .toInstant();
    }
}
