package io.strongroom.api.client;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.Outcome;
import io.strongroom.api.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** What to look for; the conditions are joined by <em>and</em>. Immutable: each call gives a new query. */
public final class RecordQuery {
    /** Everything, a page at a time. */
    public static final RecordQuery ALL = new RecordQuery(Map.of());

    private final Map<String, String> parameters;

    private RecordQuery(Map<String, String> parameters) {
        this.parameters = parameters;
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

    /** Any other parameter, as the API's description names it. */
    public RecordQuery with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(requireNonNull(name, "name is null"), requireNonNull(value, "value is null"));
        return new RecordQuery(more);
    }

    /** The same as a document. */
    Json.Obj toJson() {
        Json.Builder json = Json.object();
        parameters.forEach(json::put);
        return json.build();
    }

    /** The query part of the address, with its question mark; empty where there are no conditions. */
    String toQueryString() {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        parameters.forEach((name, value) -> query.add(Paths.segment(name) + "=" + Paths.segment(value)));
        return query.toString();
    }
}
