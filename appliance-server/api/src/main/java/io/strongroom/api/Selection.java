package io.strongroom.api;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which records a pack holds. A member that is null selects everything; the members are joined by <em>and</em>.
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
        @Nullable String text) {
    /** The whole ledger. */
    public static final Selection ALL =
            new Selection(null, null, null, null, null, null, null, null, null, null, Map.of(), null);

    public Selection {
        labels = Map.copyOf(labels);
        if (fromSeq != null && fromSeq < 0 || toSeq != null && toSeq < 0) {
            throw new IllegalArgumentException("a place in the ledger is counted from 0");
        }
        if (fromSeq != null && toSeq != null && fromSeq > toSeq) {
            throw new IllegalArgumentException("fromSeq is behind toSeq");
        }
    }

    /** The places from {@code fromSeq} to {@code toSeq}, both included. */
    public static Selection range(long fromSeq, long toSeq) {
        return new Selection(fromSeq, toSeq, null, null, null, null, null, null, null, null, Map.of(), null);
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
                .build();
    }

    public static Selection fromJson(Json.Obj json) {
        Map<String, String> labels = new LinkedHashMap<>();
        Json.Obj byLabel = json.object("labels");
        for (String name : byLabel.members().keySet()) {
            labels.put(name, byLabel.text(name));
        }
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
                labels,
                json.optionalText("text"));
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? Long.valueOf(value.getAsLong()) : null;
    }
}
