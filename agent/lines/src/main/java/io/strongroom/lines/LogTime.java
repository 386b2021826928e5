package io.strongroom.lines;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times that log lines carry. What a line leaves out is taken from where it stands: the zone of this machine,
 * and the last year in which the day was not later than the file.
 */
public final class LogTime {
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})[-/](\\d{2})[-/](\\d{2})(?:[Tt]| {1,2})(\\d{2}):(\\d{2}):(\\d{2})(?:[.,](\\d{1,9}))?"
                    + "(?: ?(Z|z|UTC|GMT|[+-]\\d{2}:?\\d{2}|[+-]\\d{2})(?![0-9A-Za-z]))?");
    private static final Pattern SYSLOG = Pattern.compile(
            "([A-Z][a-z]{2}) {1,2}(\\d{1,2})(?: (\\d{4}))? (\\d{2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,9}))?");
    private static final Pattern COMMON_LOG =
            Pattern.compile("(\\d{2})/([A-Z][a-z]{2})/(\\d{4}):(\\d{2}):(\\d{2}):(\\d{2}) ([+-]\\d{4})");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private final ZoneId zone;
    private final Instant latest;

    /**
     * @param zone of times that name none
     * @param latest when the file was last written: no line is later than a day after it
     */
    public LogTime(ZoneId zone, Instant latest) {
        this.zone = zone;
        this.latest = latest;
    }

    /**
     * A time as read.
     *
     * @param assumed what was not in the line, or null
     * @param end where in the line the time ends
     */
    record Reading(Instant time, @Nullable String assumed, int end) {}

    /** The zone of times that name none. */
    ZoneId zone() {
        return zone;
    }

    /** An ISO-like date and time at that place of the line: {@code 2026-11-21T01:02:03.004Z}, {@code 2026-11-21 01:02:03,004}. */
    Optional<Reading> iso(String line, int from) {
        Matcher m = ISO.matcher(line).region(from, line.length());
        if (!m.lookingAt()) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    Integer.parseInt(m.group(1)),
                    Integer.parseInt(m.group(2)),
                    Integer.parseInt(m.group(3)),
                    Integer.parseInt(m.group(4)),
                    Integer.parseInt(m.group(5)),
                    Math.min(59, Integer.parseInt(m.group(6))),
                    nanos(m.group(7)));
            String offset = m.group(8);
            return offset == null
                    ? Optional.of(new Reading(local.atZone(zone).toInstant(), "zone", m.end()))
                    : Optional.of(new Reading(local.toInstant(offset(offset)), null, m.end()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** An ISO-like date and time that is the whole text. */
    Optional<Reading> iso(@Nullable String text) {
        return text == null ? Optional.empty() : iso(text.strip(), 0);
    }

    /** A syslog time (RFC 3164) at that place of the line: {@code Nov  1 01:02:03}, with or without a year. */
    Optional<Reading> syslog(String line, int from) {
        Matcher m = SYSLOG.matcher(line).region(from, line.length());
        if (!m.lookingAt() || !MONTHS.contains(m.group(1))) {
            return Optional.empty();
        }
        int month = MONTHS.indexOf(m.group(1)) + 1;
        int day = Integer.parseInt(m.group(2));
        try {
            boolean dated = m.group(3) != null;
            int year = dated ? Integer.parseInt(m.group(3)) : year(month, day);
            LocalDateTime local = LocalDateTime.of(
                    year,
                    month,
                    day,
                    Integer.parseInt(m.group(4)),
                    Integer.parseInt(m.group(5)),
                    Math.min(59, Integer.parseInt(m.group(6))),
                    nanos(m.group(7)));
            return Optional.of(new Reading(local.atZone(zone).toInstant(), dated ? "zone" : "year and zone", m.end()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The time of a web server's access log: {@code 21/Nov/2026:01:02:03 +0000}. */
    Optional<Reading> commonLog(String text) {
        Matcher m = COMMON_LOG.matcher(text);
        if (!m.matches() || !MONTHS.contains(m.group(2))) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    Integer.parseInt(m.group(3)),
                    MONTHS.indexOf(m.group(2)) + 1,
                    Integer.parseInt(m.group(1)),
                    Integer.parseInt(m.group(4)),
                    Integer.parseInt(m.group(5)),
                    Math.min(59, Integer.parseInt(m.group(6))));
            return Optional.of(new Reading(local.toInstant(offset(m.group(7))), null, m.end()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Seconds since 1970 with an optional fraction: {@code 1652292621.986}. Empty outside the years 1970 to 9999. */
    static Optional<Instant> epochSeconds(String text) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        String fraction = point < 0 ? "" : text.substring(point + 1);
        if (!digits(whole)
                || whole.length() > 11
                || !fraction.isEmpty() && (!digits(fraction) || fraction.length() > 9)) {
            return Optional.empty();
        }
        Instant time = Instant.ofEpochSecond(Long.parseLong(whole), nanos(fraction));
        return inRange(time) ? Optional.of(time) : Optional.empty();
    }

    /** A number that counts seconds, milliseconds, microseconds or nanoseconds since 1970, whichever gives a likely year. */
    static Optional<Instant> epoch(String digits) {
        if (!digits(digits) || digits.length() > 19) {
            return epochSeconds(digits);
        }
        return switch (digits.length()) {
            case 9, 10 -> epochSeconds(digits);
            case 12, 13 -> epochSeconds(point(digits, 3));
            case 15, 16 -> epochSeconds(point(digits, 6));
            case 18, 19 -> epochSeconds(point(digits, 9));
            default -> Optional.empty();
        };
    }

    private static String point(String digits, int places) {
        int at = digits.length() - places;
        return digits.substring(0, at) + "." + digits.substring(at);
    }

    /** Whether the record format can hold the time (RFC 3339 has the years 0 to 9999). */
    static boolean inRange(Instant time) {
        return time.getEpochSecond() >= 0
                && time.isBefore(LocalDateTime.of(9999, 12, 31, 0, 0).toInstant(ZoneOffset.UTC));
    }

    /** The last year in which that day, in this zone, was not later than a day after the file was written. */
    private int year(int month, int day) {
        MonthDay monthDay = MonthDay.of(month, day);
        LocalDate bound =
                OffsetDateTime.ofInstant(latest.plusSeconds(86_400), zone).toLocalDate();
        int year = bound.getYear();
        while (!monthDay.isValidYear(year) || monthDay.atYear(year).isAfter(bound)) {
            year--;
        }
        return year;
    }

    private static int nanos(@Nullable String fraction) {
        if (fraction == null || fraction.isEmpty()) {
            return 0;
        }
        return Integer.parseInt((fraction + "000000000").substring(0, 9));
    }

    private static ZoneOffset offset(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return upper.equals("UTC") || upper.equals("GMT") ? ZoneOffset.UTC : ZoneOffset.of(upper);
    }

    private static boolean digits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
