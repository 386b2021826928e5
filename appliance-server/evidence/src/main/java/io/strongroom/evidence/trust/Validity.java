package io.strongroom.evidence.trust;

import io.strongroom.evidence.Rfc3339;
import org.jspecify.annotations.Nullable;

/**
 * When a key counts.
 *
 * @param from the first millisecond since 1970
 * @param until the millisecond from which on it does not; null while the key is in use
 */
public record Validity(long from, @Nullable Long until) {
    private static final String OPEN = "-";

    /** Whether a signature made at this time counts. */
    public boolean contains(long epochMillis) {
        return from <= epochMillis && (until == null || epochMillis < until);
    }

    /**
     * Reads the two items of a line.
     *
     * @param until a time, or {@code -}
     */
    static Validity parse(String from, String until) {
        long start = Rfc3339.parse(from);
        Long end = until.equals(OPEN) ? null : Long.valueOf(Rfc3339.parse(until));
        if (end != null && end <= start) {
            throw new IllegalArgumentException("the key's validity ends before it begins");
        }
        return new Validity(start, end);
    }

    /** The two items of a line. */
    String render() {
        return Rfc3339.format(from) + " " + (until == null ? OPEN : Rfc3339.format(until));
    }

    /** For the card. */
    String words() {
        return "from " + Rfc3339.format(from) + (until == null ? "" : " until " + Rfc3339.format(until));
    }
}
