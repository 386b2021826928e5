package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which records a pack holds. A member that is null or empty selects everything; the members are joined by <em>and</em>.
 *
 * @param fromSeq the first place in the ledger, included
 * @param toSeq the last place in the ledger, included
 * @param from the earliest {@code occurredAt}, RFC 3339, included
 * @param to the latest {@code occurredAt}, RFC 3339, excluded
 * @param stream the stream
 * @param source the source id
 * @param actor the actor's id
 * @param action the action
 * @param resource the resource's id
 * @param outcome how it ended
 * @param labels labels that the record must carry, each with this value
 * @param text words that the record must hold
 * @param not values that leave a record out
 * @param records the ids of the only records that may be in it, at most {@value #MOST_RECORDS}; empty for no such limit
 */
public record Selection(
        @Nullable Long fromSeq,
        @Nullable Long toSeq,
        @Nullable String from,
        @Nullable String to,
        @Nullable String stream,
        @Nullable String source,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String resource,
        @Nullable Outcome outcome,
        Map<String, String> labels,
        @Nullable String text,
        Exclusions not,
        List<String> records) {
    /** As many records as one selection can name. */
    public static final int MOST_RECORDS = 1_000;

    /** The whole ledger. */
    public static final Selection ALL =
            new Selection(null, null, null, null, null, null, null, null, null, null, Map.of(), null);

    public Selection {
        requireNonNull(not, "not is null");
        labels = Map.copyOf(labels);
        records = records.stream().sorted().distinct().toList();
        if (records.size() > MOST_RECORDS) {
            throw new IllegalArgumentException("a selection names at most " + MOST_RECORDS + " records");
        }
        if (fromSeq != null && fromSeq < 0 || toSeq != null && toSeq < 0) {
            throw new IllegalArgumentException("a place in the ledger is counted from 0");
        }
        if (fromSeq != null && toSeq != null && fromSeq > toSeq) {
            throw new IllegalArgumentException("fromSeq is behind toSeq");
        }
    }

    /** One that leaves nothing out, and names no records. */
    public Selection(
            @Nullable Long fromSeq,
            @Nullable Long toSeq,
            @Nullable String from,
            @Nullable String to,
            @Nullable String stream,
            @Nullable String source,
            @Nullable String actor,
            @Nullable String action,
            @Nullable String resource,
            @Nullable Outcome outcome,
            Map<String, String> labels,
            @Nullable String text) {
        this(
                fromSeq,
                toSeq,
                from,
                to,
                stream,
                source,
                actor,
                action,
                resource,
                outcome,
                labels,
                text,
                Exclusions.NONE,
                List.of());
    }

    /** The places from {@code fromSeq} to {@code toSeq}, both included. */
    public static Selection range(long fromSeq, long toSeq) {
        return new Selection(fromSeq, toSeq, null, null, null, null, null, null, null, null, Map.of(), null);
    }

    /** These records. */
    public static Selection ofRecords(Collection<String> ids) {
        return ALL.withRecords(ids);
    }

    /** The same without the records that have one of these values. */
    public Selection without(Exclusions values) {
        return new Selection(
                fromSeq, toSeq, from, to, stream, source, actor, action, resource, outcome, labels, text, values,
                records);
    }

    /** The same, of these records alone. */
    public Selection withRecords(Collection<String> ids) {
        return new Selection(
                fromSeq,
                toSeq,
                from,
                to,
                stream,
                source,
                actor,
                action,
                resource,
                outcome,
                labels,
                text,
                not,
                List.copyOf(ids));
    }

    /** The same up to this place, which is included. */
    public Selection upTo(long lastSeq) {
        return new Selection(
                fromSeq, lastSeq, from, to, stream, source, actor, action, resource, outcome, labels, text, not,
                records);
    }

    public Json.Obj toJson() {
        Json.Builder byLabel = Json.object();
        labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(label -> byLabel.put(label.getKey(), label.getValue()));
        return Json.object()
                .put("fromSeq", fromSeq)
                .put("toSeq", toSeq)
                .put("from", from)
                .put("to", to)
                .put("stream", stream)
                .put("source", source)
                .put("actor", actor)
                .put("action", action)
                .put("resource", resource)
                .put("outcome", outcome == null ? null : outcome.wire())
                .put("labels", labels.isEmpty() ? null : byLabel.build())
                .put("text", text)
                .put("not", not.isEmpty() ? null : not.toJson())
                .putTexts("records", records)
                .build();
    }

    public static Selection fromJson(Json.Obj json) {
        String outcome = json.optionalText("outcome");
        return new Selection(
                boxed(json.optionalInteger("fromSeq")),
                boxed(json.optionalInteger("toSeq")),
                json.optionalText("from"),
                json.optionalText("to"),
                json.optionalText("stream"),
                json.optionalText("source"),
                json.optionalText("actor"),
                json.optionalText("action"),
                json.optionalText("resource"),
                outcome == null
                        ? null
                        : Outcome.ofWire(outcome)
                                .orElseThrow(
                                        () -> new JsonShapeException("outcome", "one of success, failure, unknown")),
                json.optionalObject("labels", Selection::labels).orElse(Map.of()),
                json.optionalText("text"),
                json.optionalObject("not", Exclusions::fromJson).orElse(Exclusions.NONE),
                json.texts("records"));
    }

    private static Map<String, String> labels(Json.Obj json) {
        Map<String, String> labels = new LinkedHashMap<>();
        json.members().keySet().forEach(name -> labels.put(name, json.text(name)));
        return labels;
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? Long.valueOf(value.getAsLong()) : null;
    }
}
