package io.strongroom.server.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.server.privacy.FieldHashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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
     *
     * @param pointer where the field stands, if it is kept apart
     * @param hashes the terms under which it is found there
     */
    public record Condition(Field field, String value, String pointer, List<Integer> hashes) {
        public Condition {
            if (field == Field.WORD) {
                throw new IllegalArgumentException("words are not a condition on a field");
            }
            hashes = List.copyOf(hashes);
        }

        public Condition(Field field, String value) {
            this(field, value, pointer(field), List.of());
        }

        public static Condition label(String name, String value) {
            return new Condition(
                    Field.LABEL, name + RecordWalk.LABEL_SEPARATOR + value, pointer("labels", name), List.of());
        }

        /** A field at any place that is kept apart and, by the policy that kept it, is to be found. */
        public static Condition findable(JsonPointer pointer, String value) {
            return new Condition(Field.FINDABLE, value, pointer.toString(), List.of());
        }

        private static String pointer(String... tokens) {
            return JsonPointer.of(tokens).toString();
        }

        private static String pointer(Field field) {
            return switch (field) {
                case ACTION -> pointer("action");
                case OUTCOME -> pointer("outcome");
                case ACTOR -> pointer("actor", "id");
                case ACTOR_TYPE -> pointer("actor", "type");
                case RESOURCE -> pointer("resource", "id");
                case RESOURCE_TYPE -> pointer("resource", "type");
                case STREAM, SOURCE, LABEL, WORD, FINDABLE -> "";
            };
        }

        /** The values, as canonical JSON, that fit: the text, and the number or truth value that is written so. */
        public List<JsonSlice> values() {
            String text = field == Field.LABEL ? value.substring(value.indexOf(RecordWalk.LABEL_SEPARATOR) + 1) : value;
            byte[] quoted = new CanonicalWriter().string(text).toBytes();
            List<JsonSlice> values = new ArrayList<>();
            values.add(new JsonSlice(quoted, 0, quoted.length));
            if (field == Field.FINDABLE && SCALAR.matcher(text).matches()) {
                try {
                    byte[] bare = CanonicalJson.of(text.getBytes(UTF_8));
                    values.add(new JsonSlice(bare, 0, bare.length));
                } catch (JsonException notCanonical) {
                    return values;
                }
            }
            return values;
        }

        private Condition found(FieldHashes keyed) {
            return pointer.isEmpty()
                    ? this
                    : new Condition(
                            field,
                            value,
                            pointer,
                            values().stream()
                                    .map(each -> keyed.findable(pointer, each))
                                    .toList());
        }
    }

    private static final Pattern SCALAR = Pattern.compile("true|false|-?[0-9][0-9.eE+-]{0,30}");

    /** The same question, which also finds by the keyed hashes of what is kept apart. */
    public TimelineQuery found(FieldHashes keyed) {
        return having(
                conditions.stream().map(condition -> condition.found(keyed)).toList(), words);
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

    public TimelineQuery inOrder(Order newOrder) {
        return new TimelineQuery(conditions, words, fromSeq, endSeq, fromOccurred, endOccurred, newOrder, after);
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

    public boolean boundsTime() {
        return fromOccurred != Long.MIN_VALUE || endOccurred != Long.MAX_VALUE;
    }

    /** Whether a record at that place and time is in the bounds, and behind {@link #after}. */
    boolean admits(long occurredAt, long seq) {
        if (seq < fromSeq || seq >= endSeq || occurredAt < fromOccurred || occurredAt >= endOccurred) {
            return false;
        }
        return after == null || order.isBefore(after.occurredAt(), after.seq(), occurredAt, seq);
    }
}
