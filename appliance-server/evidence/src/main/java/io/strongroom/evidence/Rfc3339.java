package io.strongroom.evidence;

import java.nio.charset.StandardCharsets;

/**
 * The one form of time in every format: RFC 3339, UTC, three digits of milliseconds, 24 characters,
 * {@code 2026-11-21T01:02:03.004Z}. Years 0000 to 9999, no leap second.
 */
public final class Rfc3339 {
    /** Length of the text form. */
    public static final int CHARS = 24;

    /** The first time that has a text form: 0000-01-01T00:00:00.000Z. */
    public static final long MIN_EPOCH_MILLIS = -62_167_219_200_000L;

    /** The last time that has a text form: 9999-12-31T23:59:59.999Z. */
    public static final long MAX_EPOCH_MILLIS = 253_402_300_799_999L;

    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final int[] DAYS_IN_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Rfc3339() {}

    /**
     * The text of a time.
     *
     * @param epochMillis milliseconds since 1970, from {@link #MIN_EPOCH_MILLIS} to {@link #MAX_EPOCH_MILLIS}
     * @throws IllegalArgumentException if it is outside
     */
    public static String format(long epochMillis) {
        byte[] text = new byte[CHARS];
        writeAscii(epochMillis, text, 0);
        return new String(text, StandardCharsets.US_ASCII);
    }

    /**
     * Writes the 24 characters as ASCII into {@code target} at {@code offset}.
     *
     * @throws IllegalArgumentException if the time has no text form
     */
    public static void writeAscii(long epochMillis, byte[] target, int offset) {
        if (epochMillis < MIN_EPOCH_MILLIS || epochMillis > MAX_EPOCH_MILLIS) {
            throw new IllegalArgumentException("a time must be from year 0000 to 9999, not " + epochMillis + " ms");
        }
        long days = Math.floorDiv(epochMillis, MILLIS_PER_DAY);
        int millis = (int) Math.floorMod(epochMillis, MILLIS_PER_DAY);
        // Days to civil date in the proleptic Gregorian calendar, in eras of 400 years that begin on 1 March.
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);

        two(year / 100, target, offset);
        two(year % 100, target, offset + 2);
        target[offset + 4] = '-';
        two(month, target, offset + 5);
        target[offset + 7] = '-';
        two(day, target, offset + 8);
        target[offset + 10] = 'T';
        two(millis / 3_600_000, target, offset + 11);
        target[offset + 13] = ':';
        two(millis / 60_000 % 60, target, offset + 14);
        target[offset + 16] = ':';
        two(millis / 1_000 % 60, target, offset + 17);
        target[offset + 19] = '.';
        target[offset + 20] = (byte) ('0' + millis % 1_000 / 100);
        two(millis % 100, target, offset + 21);
        target[offset + 23] = 'Z';
    }

    private static void two(int value, byte[] target, int at) {
        target[at] = (byte) ('0' + value / 10);
        target[at + 1] = (byte) ('0' + value % 10);
    }

    /**
     * Reads a time.
     *
     * @return milliseconds since 1970
     * @throws IllegalArgumentException if it is anything but the 24 characters of an existing time
     */
    public static long parse(String text) {
        if (text.length() != CHARS) {
            throw malformed();
        }
        byte[] ascii = new byte[CHARS];
        for (int i = 0; i < CHARS; i++) {
            char c = text.charAt(i);
            ascii[i] = c < 128 ? (byte) c : 0;
        }
        return parseAscii(ascii, 0);
    }

    /**
     * Reads a time from 24 bytes of ASCII at {@code offset}.
     *
     * @return milliseconds since 1970
     * @throws IllegalArgumentException if they are no existing time in the one form
     */
    public static long parseAscii(byte[] text, int offset) {
        if (text[offset + 4] != '-'
                || text[offset + 7] != '-'
                || text[offset + 10] != 'T'
                || text[offset + 13] != ':'
                || text[offset + 16] != ':'
                || text[offset + 19] != '.'
                || text[offset + 23] != 'Z') {
            throw malformed();
        }
        int year = digits(text, offset, 4);
        int month = digits(text, offset + 5, 2);
        int day = digits(text, offset + 8, 2);
        int hour = digits(text, offset + 11, 2);
        int minute = digits(text, offset + 14, 2);
        int second = digits(text, offset + 17, 2);
        int milli = digits(text, offset + 20, 3);
        if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
            throw new IllegalArgumentException("there is no such day");
        }
        if (hour > 23 || minute > 59 || second > 59) {
            throw new IllegalArgumentException("there is no such time of day (leap seconds are not accepted)");
        }
        return epochDay(year, month, day) * MILLIS_PER_DAY
                + hour * 3_600_000L
                + minute * 60_000L
                + second * 1_000L
                + milli;
    }

    private static int daysIn(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leap ? 29 : DAYS_IN_MONTH[month - 1];
    }

    private static long epochDay(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int monthFromMarch = month > 2 ? month - 3 : month + 9;
        int dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    private static int digits(byte[] text, int at, int count) {
        int value = 0;
        for (int i = at; i < at + count; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                throw malformed();
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("a time must look like 2026-11-21T01:02:03.004Z (UTC, three digits of ms)");
    }
}
