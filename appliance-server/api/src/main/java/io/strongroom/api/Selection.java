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
    public static final Selection ALL = new Builder().build();

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

    /** Everything, to be narrowed. */
    public static Builder where() {
        return new Builder();
    }

    /** The places from {@code fromSeq} to {@code toSeq}, both included. */
    public static Selection range(long fromSeq, long toSeq) {
        return where().fromSeq(fromSeq).toSeq(toSeq).build();
    }

    /** These records. */
    public static Selection ofRecords(Collection<String> ids) {
        return where().records(ids).build();
    }

    /** The same without the records that have one of these values. */
    public Selection without(Exclusions values) {
        return narrowed().not(values).build();
    }

    /** The same, of these records alone. */
    public Selection withRecords(Collection<String> ids) {
        return narrowed().records(ids).build();
    }

    /** The same from {@code from} on, before {@code to}; null for no bound. */
    public Selection between(@Nullable String from, @Nullable String to) {
        return narrowed().from(from).to(to).build();
    }

    /** The same up to this place, which is included. */
    public Selection upTo(long lastSeq) {
        return narrowed().toSeq(lastSeq).build();
    }

    private Builder narrowed() {
        return where().fromSeq(fromSeq).toSeq(toSeq).from(from).to(to).stream(stream)
                .source(source)
                .actor(actor)
                .action(action)
                .resource(resource)
                .outcome(outcome)
                .labels(labels)
                .text(text)
                .not(not)
                .records(records);
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

    /** Narrows a selection, member by member; the members are those of the selection, and null narrows nothing. */
    public static final class Builder {
        private @Nullable Long fromSeq;
        private @Nullable Long toSeq;
        private @Nullable String from;
        private @Nullable String to;
        private @Nullable String stream;
        private @Nullable String source;
        private @Nullable String actor;
        private @Nullable String action;
        private @Nullable String resource;
        private @Nullable Outcome outcome;
        private Map<String, String> labels = Map.of();
        private @Nullable String text;
        private Exclusions not = Exclusions.NONE;
        private Collection<String> records = List.of();

        private Builder() {}

        public Builder fromSeq(@Nullable Long value) {
            fromSeq = value;
            return this;
        }

        public Builder toSeq(@Nullable Long value) {
            toSeq = value;
            return this;
        }

        public Builder from(@Nullable String value) {
            from = value;
            return this;
        }

        public Builder to(@Nullable String value) {
            to = value;
            return this;
        }

        public Builder stream(@Nullable String value) {
            stream = value;
            return this;
        }

        public Builder source(@Nullable String value) {
            source = value;
            return this;
        }

        public Builder actor(@Nullable String value) {
            actor = value;
            return this;
        }

        public Builder action(@Nullable String value) {
            action = value;
            return this;
        }

        public Builder resource(@Nullable String value) {
            resource = value;
            return this;
        }

        public Builder outcome(@Nullable Outcome value) {
            outcome = value;
            return this;
        }

        public Builder labels(Map<String, String> value) {
            labels = value;
            return this;
        }

        public Builder text(@Nullable String value) {
            text = value;
            return this;
        }

        public Builder not(Exclusions value) {
            not = value;
            return this;
        }

        public Builder records(Collection<String> value) {
            records = value;
            return this;
        }

        /** @throws IllegalArgumentException if no record can fit */
        public Selection build() {
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
                    List.copyOf(records));
        }
    }
}
