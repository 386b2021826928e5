package io.strongroom.server.spool;

import io.strongroom.api.ProblemType;
import io.strongroom.server.problem.ProblemException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a content (RFC 9110 §14): one range of bytes. Several at once, or another unit, are answered with the
 * whole, as the standard allows.
 *
 * @param from the first byte
 * @param to the byte after the last
 */
public record ByteRange(long from, long to) {
    // No more digits than a long holds.
    private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /**
     * The piece that a request asks for; empty for the whole.
     *
     * @param range the header Range
     * @param ifRange the header If-Range: the range counts only if it is the content's strong tag
     * @throws ProblemException {@code range-not-satisfiable} if the piece lies outside
     */
    public static Optional<ByteRange> of(
            @Nullable String range, @Nullable String ifRange, String entityTag, long size) {
        if (range == null || ifRange != null && !ifRange.strip().equals(entityTag)) {
            return Optional.empty();
        }
        Matcher one = ONE.matcher(range.strip());
        if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (one.group(1).isEmpty()) {
            long last = Long.parseLong(one.group(2));
            if (last == 0 || size == 0) {
                throw outside(size);
            }
            return Optional.of(new ByteRange(Math.max(0, size - last), size));
        }
        long from = Long.parseLong(one.group(1));
        long to = one.group(2).isEmpty() ? size : Math.min(size, Long.parseLong(one.group(2)) + 1);
        if (!one.group(2).isEmpty() && Long.parseLong(one.group(2)) < from) {
            // Not a range at all, says the standard: as if there were none.
            return Optional.empty();
        }
        if (from >= size) {
            throw outside(size);
        }
        return Optional.of(new ByteRange(from, to));
    }

    private static ProblemException outside(long size) {
        return new ProblemException(ProblemType.RANGE_NOT_SATISFIABLE, "There are " + size + " bytes.")
                .header("Content-Range", "bytes */" + size);
    }

    /** The header Content-Range. */
    public String header(long size) {
        return "bytes " + from + "-" + (to - 1) + "/" + size;
    }
}
