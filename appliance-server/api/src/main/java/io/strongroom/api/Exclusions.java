package io.strongroom.api;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Values that leave a record out: one that has any of them is not selected. A record that lacks the field stays, and so
 * does one whose field is hidden from whoever asks, for leaving it out would tell the value.
 *
 * @param fields the values, each at least one, by the name of the field: one of {@link #FIELDS}
 * @param labels the values, each at least one, by the label's name
 */
public record Exclusions(Map<String, SortedSet<String>> fields, Map<String, SortedSet<String>> labels) {
    /** The fields that a selection can exclude by, beside labels. */
    public static final List<String> FIELDS = List.of("stream", "source", "actor", "action", "resource", "outcome");

    /** The most values of one question, in all. */
    public static final int MOST = 100;

    private static final SortedSet<String> NO_VALUES = Collections.emptySortedSet();

    /** Nothing is left out. */
    public static final Exclusions NONE = new Exclusions(Map.of(), Map.of());

    private static final String LABELS = "labels";

    public Exclusions {
        fields = sorted(fields);
        labels = sorted(labels);
        for (Map.Entry<String, SortedSet<String>> field : fields.entrySet()) {
            if (!FIELDS.contains(field.getKey())) {
                throw new IllegalArgumentException(
                        "not by " + field.getKey() + ", only by " + String.join(", ", FIELDS) + ", labels");
            }
        }
        for (String outcome : fields.getOrDefault("outcome", NO_VALUES)) {
            if (Outcome.ofWire(outcome).isEmpty()) {
                throw new IllegalArgumentException("an outcome is one of success, failure, unknown");
            }
        }
        if (count(fields) + count(labels) > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " values can be left out");
        }
    }

    private static SortedMap<String, SortedSet<String>> sorted(Map<String, ? extends Collection<String>> values) {
        SortedMap<String, SortedSet<String>> sorted = new TreeMap<>();
        values.forEach((name, each) -> {
            if (each.isEmpty() || each.contains("")) {
                throw new IllegalArgumentException("an exclusion by " + name + " names at least one value, none empty");
            }
            sorted.put(name, Collections.unmodifiableSortedSet(new TreeSet<>(each)));
        });
        return Collections.unmodifiableSortedMap(sorted);
    }

    private static int count(Map<String, SortedSet<String>> values) {
        return values.values().stream().mapToInt(Collection::size).sum();
    }

    public boolean isEmpty() {
        return fields.isEmpty() && labels.isEmpty();
    }

    /** The values of a field that are left out. */
    public SortedSet<String> of(String field) {
        return fields.getOrDefault(field, NO_VALUES);
    }

    /** The same, and this value of a field too. */
    public Exclusions and(String field, String value) {
        return new Exclusions(with(fields, field, value), labels);
    }

    /** The same, and this value of a label too. */
    public Exclusions andLabel(String name, String value) {
        return new Exclusions(fields, with(labels, name, value));
    }

    private static Map<String, SortedSet<String>> with(
            Map<String, SortedSet<String>> values, String name, String value) {
        Map<String, SortedSet<String>> more = new TreeMap<>(values);
        SortedSet<String> all = new TreeSet<>(values.getOrDefault(name, NO_VALUES));
        all.add(value);
        more.put(name, all);
        return more;
    }

    public Json.Obj toJson() {
        Json.Builder json = Json.object();
        fields.forEach((name, values) -> json.putTexts(name, List.copyOf(values)));
        if (!labels.isEmpty()) {
            Json.Builder byLabel = Json.object();
            labels.forEach((name, values) -> byLabel.putTexts(name, List.copyOf(values)));
            json.put(LABELS, byLabel.build());
        }
        return json.build();
    }

    /** @throws IllegalArgumentException if it names a field that nothing can be left out by */
    public static Exclusions fromJson(Json.Obj json) {
        return new Exclusions(byName(json.without(LABELS)), byName(json.object(LABELS)));
    }

    private static Map<String, SortedSet<String>> byName(Json.Obj json) {
        Map<String, SortedSet<String>> values = new TreeMap<>();
        for (String name : json.members().keySet()) {
            List<String> each = json.texts(name);
            if (each.isEmpty()) {
                throw new JsonShapeException(name, "an array of at least one string");
            }
            values.put(name, new TreeSet<>(each));
        }
        return values;
    }
}
