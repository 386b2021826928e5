package io.strongroom.api.client;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.Outcome;
import io.strongroom.api.Selection;
import io.strongroom.api.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.StringJoiner;

/** What to look for; the conditions are joined by <em>and</em>. Immutable: each call gives a new query. */
public final class RecordQuery {
    /** Everything, a page at a time. */
    public static final RecordQuery ALL = new RecordQuery(Map.of());

    private final Map<String, List<String>> parameters;

    private RecordQuery(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /**
     * What a pack of this selection would be searched for.
     *
     * @throws IllegalArgumentException if it names records: these are asked for one by one
     */
    public static RecordQuery of(Selection selection) {
        if (!selection.records().isEmpty()) {
            throw new IllegalArgumentException("no query is for records by their ids");
        }
        RecordQuery query = ALL;
        Json.Obj json = selection.toJson().without("labels", "not");
        for (Map.Entry<String, Json> member : json.members().entrySet()) {
            String value = member.getValue() instanceof Json.Text text
                    ? text.value()
                    : member.getValue().toString();
            query = query.with(member.getKey(), value);
        }
        for (Map.Entry<String, String> label : selection.labels().entrySet()) {
            query = query.label(label.getKey(), label.getValue());
        }
        for (Map.Entry<String, SortedSet<String>> left :
                selection.not().fields().entrySet()) {
            query = query.without(left.getKey(), left.getValue());
        }
        for (Map.Entry<String, SortedSet<String>> left :
                selection.not().labels().entrySet()) {
            query = query.without("label." + left.getKey(), left.getValue());
        }
        return query;
    }

    private RecordQuery without(String field, SortedSet<String> values) {
        RecordQuery query = this;
        for (String value : values) {
            query = query.not(field, value);
        }
        return query;
    }

    /** Occurred at or after this RFC 3339 time. */
    public RecordQuery from(String time) {
        return with("from", time);
    }

    /** Occurred before this RFC 3339 time. */
    public RecordQuery to(String time) {
        return with("to", time);
    }

    /** Of that actor's id. */
    public RecordQuery actor(String id) {
        return with("actor", id);
    }

    public RecordQuery action(String name) {
        return with("action", name);
    }

    /** Of that resource's id. */
    public RecordQuery resource(String id) {
        return with("resource", id);
    }

    public RecordQuery outcome(Outcome how) {
        return with("outcome", how.wire());
    }

    public RecordQuery source(String id) {
        return with("source", id);
    }

    public RecordQuery stream(String name) {
        return with("stream", name);
    }

    /** Carrying that label with that value. */
    public RecordQuery label(String name, String value) {
        return with("label." + name, value);
    }

    /** Holding these words. */
    public RecordQuery text(String words) {
        return with("q", words);
    }

    /** At most that many records a page. */
    public RecordQuery limit(int records) {
        return with("limit", Integer.toString(records));
    }

    /** The page that begins at a cursor which an earlier page gave. */
    public RecordQuery cursor(String next) {
        return with("cursor", next);
    }

    /**
     * Without the records that have this value, and those that an earlier call left out.
     *
     * @param field as the filter by it is called: {@code actor}, {@code label.team}…
     */
    public RecordQuery not(String field, String value) {
        String name = "not." + requireNonNull(field, "field is null");
        List<String> values = new ArrayList<>(parameters.getOrDefault(name, List.of()));
        values.add(requireNonNull(value, "value is null"));
        return with(name, values);
    }

    /** Any other parameter, as the API's description names it. */
    public RecordQuery with(String name, String value) {
        return with(requireNonNull(name, "name is null"), List.of(requireNonNull(value, "value is null")));
    }

    private RecordQuery with(String name, List<String> values) {
        Map<String, List<String>> more = new LinkedHashMap<>(parameters);
        more.put(name, List.copyOf(values));
        return new RecordQuery(more);
    }

    /** The same as a document, in which an exclusion is an array. */
    Json.Obj toJson() {
        Json.Builder json = Json.object();
        parameters.forEach((name, values) -> {
            if (name.startsWith("not.")) {
                json.putTexts(name, values);
            } else {
                json.put(name, values.getFirst());
            }
        });
        return json.build();
    }

    /** The query part of the address, with its question mark; empty where there are no conditions. */
    String toQueryString() {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        parameters.forEach(
                (name, values) -> values.forEach(value -> query.add(Paths.segment(name) + "=" + Paths.segment(value))));
        return query.toString();
    }
}
