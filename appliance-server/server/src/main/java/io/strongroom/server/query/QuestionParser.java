package io.strongroom.server.query;

import io.strongroom.api.Exclusions;
import io.strongroom.api.Outcome;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.server.problem.AskedTime;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.projection.Field;
import io.strongroom.server.projection.Order;
import io.strongroom.server.projection.TimelineQuery;
import io.strongroom.server.projection.TimelineQuery.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a question from the parameters of a request. Only listed fields can be filtered or sorted by: what is not known
 * here is refused, rather than left out of account.
 */
final class QuestionParser {
    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 500;
    private static final int MAX_VALUE_CHARS = 1024;
    private static final int MAX_WORDS = 16;
    private static final String LABEL = "label.";
    private static final String FIND = "find.";
    private static final String NOT = "not.";
    private static final Set<Field> BY_VALUE = Set.of(
            Field.STREAM,
            Field.SOURCE,
            Field.ACTOR,
            Field.ACTOR_TYPE,
            Field.ACTION,
            Field.RESOURCE,
            Field.RESOURCE_TYPE,
            Field.OUTCOME);
    private static final String FILTERS =
            "from, to, atFrom, atTo, fromSeq, toSeq, actor, actor.type, action, resource, resource.type, outcome, source,"
                    + " stream, label.<name>, find.<JSON pointer>, q; left out by not.<name> of stream, source, actor,"
                    + " actor.type, action, resource, resource.type, outcome or label.<name>; sort by occurredAt,"
                    + " -occurredAt, seq or -seq";

    private final List<Condition> conditions = new ArrayList<>();
    private final List<Condition> exclusions = new ArrayList<>();
    private Set<String> words = Set.of();
    private long fromSeq;
    private long endSeq = Long.MAX_VALUE;
    private long fromOccurred = Long.MIN_VALUE;
    private long endOccurred = Long.MAX_VALUE;
    private @Nullable Long fromAt;
    private @Nullable Long endAt;
    private Order order = Order.OCCURRED_DESC;
    private int limit = DEFAULT_LIMIT;
    private @Nullable String cursor;
    private final TreeMap<String, SortedSet<String>> filters = new TreeMap<>();

    private QuestionParser() {}

    /**
     * @param parameters each name with its values; only what leaves records out may have more than one
     * @throws ProblemException {@code unsupported-filter}, {@code invalid-parameter}
     */
    static Question parse(Map<String, List<String>> parameters) {
        QuestionParser parser = new QuestionParser();
        parameters.forEach(parser::take);
        return parser.question();
    }

    /** Whether a parameter may be given with more than one value. */
    static boolean takesMany(String name) {
        return name.startsWith(NOT);
    }

    private Question question() {
        TimelineQuery query =
                new TimelineQuery(conditions, words, fromSeq, endSeq, fromOccurred, endOccurred, order, null);
        return new Question(filters, query, exclusions, fromAt, endAt, limit, cursor);
    }

    private void take(String given, List<String> values) {
        String name = canonicalName(given);
        if (takesMany(name)) {
            values.forEach(value -> exclude(given, name, value));
        } else if (values.size() == 1) {
            take(given, name, values.getFirst());
        } else {
            throw invalid(given, "is given twice");
        }
    }

    private void take(String given, String name, String value) {
        if (value.length() > MAX_VALUE_CHARS && !name.equals("cursor")) {
            throw invalid(given, "has more than " + MAX_VALUE_CHARS + " characters");
        }
        switch (name) {
            case "limit" -> limit = (int) number(given, value, 1, MAX_LIMIT);
            case "cursor" -> cursor = value;
            default -> {
                filter(given, name, value);
                if (filters.put(name, new TreeSet<>(Set.of(value))) != null) {
                    throw invalid(given, "is given twice");
                }
            }
        }
    }

    /** The names of an export's selection are understood too. */
    private static String canonicalName(String name) {
        if (name.equals("text")) {
            return "q";
        }
        if (name.startsWith(NOT)) {
            return NOT + canonicalName(name.substring(NOT.length()));
        }
        return name.startsWith("labels.") ? LABEL + name.substring("labels.".length()) : name;
    }

    private void filter(String given, String name, String value) {
        switch (name) {
            case "from" -> fromOccurred = time(given, value);
            case "to" -> endOccurred = time(given, value);
            case "atFrom" -> fromAt = time(given, value);
            case "atTo" -> endAt = time(given, value);
            case "fromSeq" -> fromSeq = number(given, value, 0, Long.MAX_VALUE - 1);
            case "toSeq" -> endSeq = number(given, value, 0, Long.MAX_VALUE - 1) + 1;
            case "q" -> words = words(given, value);
            case "sort" ->
                order = Order.ofParameter(value)
                        .orElseThrow(() -> new ProblemException(
                                ProblemType.UNSUPPORTED_FILTER,
                                "The parameter sort is occurredAt, -occurredAt, seq or -seq."));
            default -> {
                if (name.startsWith(FIND)) {
                    conditions.add(Condition.findable(pointer(given, name.substring(FIND.length())), value));
                } else {
                    conditions.add(condition(given, name, value));
                }
            }
        }
    }

    private void exclude(String given, String name, String value) {
        if (value.length() > MAX_VALUE_CHARS) {
            throw invalid(given, "has more than " + MAX_VALUE_CHARS + " characters");
        }
        if (filters.computeIfAbsent(name, first -> new TreeSet<>()).add(value)) {
            exclusions.add(condition(given, name.substring(NOT.length()), value));
        }
        if (exclusions.size() > Exclusions.MOST) {
            throw invalid(given, "is one too many: at most " + Exclusions.MOST + " values can be left out");
        }
    }

    private static Condition condition(String given, String name, String value) {
        if (name.startsWith(LABEL) && name.length() > LABEL.length()) {
            return Condition.label(name.substring(LABEL.length()), value);
        }
        Field field = Field.facet(name).filter(BY_VALUE::contains).orElseThrow(() -> unsupported(given));
        if (value.isEmpty()) {
            throw invalid(given, "is empty");
        }
        if (field == Field.OUTCOME && Outcome.ofWire(value).isEmpty()) {
            throw invalid(given, "is one of success, failure, unknown");
        }
        return new Condition(field, value);
    }

    private static JsonPointer pointer(String given, String pointer) {
        try {
            JsonPointer parsed = JsonPointer.parse(pointer);
            if (!parsed.tokens().isEmpty()) {
                return parsed;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(given, "names no field: write find./attributes/email");
        }
        throw invalid(given, "names no field: write find./attributes/email");
    }

    private static Set<String> words(String given, String value) {
        Set<String> words = TimelineQuery.words(value);
        if (words.isEmpty()) {
            throw invalid(given, "holds no word of two characters or more");
        }
        if (words.size() > MAX_WORDS) {
            throw invalid(given, "holds more than " + MAX_WORDS + " words");
        }
        return words;
    }

    private static long time(String name, String value) {
        return AskedTime.millis(value).orElseThrow(() -> invalid(name, "is a time such as " + AskedTime.EXAMPLE));
    }

    static long number(String name, String value, long min, long max) {
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw invalid(name, "is a whole number");
        }
        throw invalid(name, "is a whole number from " + min + (max >= Long.MAX_VALUE - 1 ? "" : " to " + max));
    }

    static RecordId recordId(String name, String value) {
        try {
            return RecordId.parse(value);
        } catch (IllegalArgumentException e) {
            throw invalid(name, "is a ULID of 26 characters");
        }
    }

    private static ProblemException unsupported(String name) {
        String shown = name.length() <= 64 ? name : name.substring(0, 64) + "…";
        return new ProblemException(
                ProblemType.UNSUPPORTED_FILTER,
                "“" + shown + "” is not understood. Records can be filtered by " + FILTERS + ".");
    }

    /** A parameter of that name has no usable value; the value itself, which may be personal, is not repeated. */
    static ProblemException invalid(String name, String why) {
        return new ProblemException(ProblemType.INVALID_PARAMETER, "The parameter " + name + " " + why + ".");
    }
}
