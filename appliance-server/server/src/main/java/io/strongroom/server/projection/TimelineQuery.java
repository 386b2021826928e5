package io.strongroom.server.projection;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to look for; everything must hold.
 *
 * @param conditions fields that must have a value
 * @param words words that must occur, as {@link #words(String)} cuts them
 * @param fromSeq the lowest seq
 * @param endSeq one past the highest seq
 * @param fromOccurred the earliest {@code occurredAt}, epoch milliseconds
 * @param endOccurred one past the latest {@code occurredAt}, epoch milliseconds
 * @param order how to list them
 * @param after list only what stands behind this; null for the beginning
 */
public record TimelineQuery(
        List<Condition> conditions,
        Set<String> words,
        long fromSeq,
        long endSeq,
        long fromOccurred,
        long endOccurred,
        Order order,
        @Nullable Position after) {

    /**
     * A field with its value; a label's value is its {@linkplain #label name and value}.
     */
    public record Condition(Field field, String value) {
        public Condition {
            if (field == Field.WORD) {
                throw new IllegalArgumentException("words are not a condition on a field");
            }
        }

        public static Condition label(String name, String value) {
            return new Condition(Field.LABEL, name + RecordWalk.LABEL_SEPARATOR + value);
        }
    }

    public TimelineQuery {
        conditions = List.copyOf(conditions);
        words = Set.copyOf(words);
    }

    /** Everything, in an order. */
    public static TimelineQuery all(Order order) {
        return new TimelineQuery(List.of(), Set.of(), 0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, order, null);
    }

    /** The words of free text, as records are cut into words; empty where there is nothing to look for. */
    public static Set<String> words(String text) {
        return Words.of(text);
    }

    /** The same bounds and order, with these conditions and words. */
    public TimelineQuery having(List<Condition> newConditions, Set<String> newWords) {
        return new TimelineQuery(newConditions, newWords, fromSeq, endSeq, fromOccurred, endOccurred, order, after);
    }

    public TimelineQuery after(Position position) {
        return new TimelineQuery(conditions, words, fromSeq, endSeq, fromOccurred, endOccurred, order, position);
    }

    public TimelineQuery seqs(long from, long end) {
        return new TimelineQuery(
                conditions,
                words,
                Math.max(fromSeq, from),
                Math.min(endSeq, end),
                fromOccurred,
                endOccurred,
                order,
                after);
    }

    boolean byTerms() {
        return !conditions.isEmpty() || !words.isEmpty();
    }

    boolean boundsTime() {
        return fromOccurred != Long.MIN_VALUE || endOccurred != Long.MAX_VALUE;
    }

    /** Whether a record at that place and time is in the bounds, and behind {@link #after}. */
    boolean admits(long occurredAt, long seq) {
        if (seq < fromSeq || seq >= endSeq || occurredAt < fromOccurred || occurredAt >= endOccurred) {
            return false;
        }
        return after == null || order.comparator().compare(new Position(occurredAt, seq), after) > 0;
    }
}
