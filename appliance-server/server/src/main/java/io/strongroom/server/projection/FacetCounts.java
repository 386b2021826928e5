package io.strongroom.server.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each value occurs in one batch, by the hour of {@code occurredAt}.
 *
 * <p>Of one field at most {@value #MAX_VALUES} values are told apart in a batch, so that a producer whose every action is
 * another word cannot make the counts as large as the records; the rest is counted under term {@link #OTHER}.
 */
final class FacetCounts {
    static final int MAX_VALUES = 512;

    /** Stands for the values that were not told apart. */
    static final int OTHER = 0;

    private static final int MAX_CHARS = 256;
    static final long MILLIS_PER_HOUR = 3_600_000;

    /** One value's count in one hour since 1970. */
    static final class Count {
        private final Field field;
        private final int term;
        private final int hour;
        private long records;

        private Count(Field field, int term, int hour) {
            this.field = field;
            this.term = term;
            this.hour = hour;
        }

        Field field() {
            return field;
        }

        int term() {
            return term;
        }

        int hour() {
            return hour;
        }

        long records() {
            return records;
        }
    }

    /** A value's text, for people. */
    record Value(Field field, int term, String text) {}

    private final Map<Long, Count> counts = new HashMap<>();
    private final Map<Long, Value> values = new HashMap<>();
    private final int[] distinct = new int[Field.values().length];

    static int hour(long epochMillis) {
        return Math.toIntExact(Math.floorDiv(epochMillis, MILLIS_PER_HOUR));
    }

    /** Makes a value known. @return the term to count it under: its own, or {@link #OTHER} */
    int name(Field field, int term, byte[] bytes, int from, int to) {
        long key = (long) field.number() << 32 | term & 0xffffffffL;
        if (!values.containsKey(key)) {
            if (distinct[field.ordinal()] == MAX_VALUES) {
                return OTHER;
            }
            distinct[field.ordinal()]++;
            values.put(key, new Value(field, term, text(bytes, from, to)));
        }
        return term;
    }

    void count(Field field, int term, int hour) {
        // 4 bits of field, 28 of hour (enough for the years 0 to 9999), 32 of term.
        long key = (long) field.number() << 60 | (hour & 0xfffffffL) << 32 | term & 0xffffffffL;
        Count count = counts.get(key);
        if (count == null) {
            count = new Count(field, term, hour);
            counts.put(key, count);
        }
        count.records++;
    }

    /** A value as it is shown: a label as name=value, cut where it is long, without NUL, which no database stores. */
    private static String text(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, UTF_8);
        int separator = text.indexOf(RecordWalk.LABEL_SEPARATOR);
        if (separator >= 0) {
            text = text.substring(0, separator) + '=' + text.substring(separator + 1);
        }
        text = text.replace('\0', '\ufffd');
        if (text.length() <= MAX_CHARS) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(MAX_CHARS - 1)) ? MAX_CHARS - 1 : MAX_CHARS);
    }

    Collection<Count> counts() {
        return counts.values();
    }

    Collection<Value> values() {
        return values.values();
    }

    void clear() {
        counts.clear();
        values.clear();
        Arrays.fill(distinct, 0);
    }
}
