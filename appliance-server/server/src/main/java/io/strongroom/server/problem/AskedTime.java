package io.strongroom.server.problem;

import io.strongroom.evidence.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/** A time as people write it in a question: RFC 3339, with or without a fraction, of any offset. */
public final class AskedTime {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** What a time looks like, for whoever gave something else. */
    public static final String EXAMPLE = "2026-11-21T01:02:03Z";

    private AskedTime() {}

    /**
     * Epoch milliseconds; of a fraction of a millisecond its end, as records have none.
     *
     * @return empty if it is no time, or none that a record can have
     */
    public static OptionalLong millis(String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            long millis = time.plusNanos(NANOS_PER_MILLI - 1).toEpochMilli();
            return millis >= Rfc3339.MIN_EPOCH_MILLIS && millis <= Rfc3339.MAX_EPOCH_MILLIS
                    ? OptionalLong.of(millis)
                    : OptionalLong.empty();
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }
}
