package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * One record that a query found.
 *
 * @param seq its place in the ledger
 * @param recordId its ULID
 * @param at when the ledger took it, RFC 3339
 * @param record the stored record, as far as this reader may see it: with those of its committed fields put back that are
 *     {@code PRESENT} in {@code committed}; empty where only the entry is shown
 * @param committed the fields that the record commits to, shown and hidden
 * @param more any further members of the item
 */
public record QueryItem(
        long seq, String recordId, String at, Json.Obj record, List<FieldVerdict> committed, Json.Obj more) {
    public QueryItem {
        requireNonNull(recordId, "recordId is null");
        requireNonNull(at, "at is null");
        requireNonNull(record, "record is null");
        requireNonNull(more, "more is null");
        committed = List.copyOf(committed);
    }

    /** Why the record itself is not shown: {@code expired}, {@code damaged} or {@code policy}; empty where it is. */
    public Optional<String> withheld() {
        return Optional.ofNullable(more.optionalText("withheld"));
    }

    /** The same in a sentence, where policy gives one. */
    public Optional<String> reason() {
        return Optional.ofNullable(more.optionalText("reason"));
    }

    /**
     * What became of each field that the record commits to; of all its fields, where the record is not shown though its
     * reader may read it.
     */
    public List<FieldVerdict> verdicts() {
        return committed.isEmpty() ? more.objects("fields", FieldVerdict::fromJson) : committed;
    }

    public Json.Obj toJson() {
        List<Json> verdicts = committed.stream().<Json>map(FieldVerdict::toJson).toList();
        return Json.object()
                .put("seq", seq)
                .put("recordId", recordId)
                .put("at", at)
                .put("record", record)
                .put("committed", verdicts.isEmpty() ? null : new Json.Arr(verdicts))
                .putAll(more)
                .build();
    }

    public static QueryItem fromJson(Json.Obj json) {
        return new QueryItem(
                json.integer("seq"),
                json.text("recordId"),
                json.text("at"),
                json.object("record"),
                json.objects("committed", FieldVerdict::fromJson),
                json.without("seq", "recordId", "at", "record", "committed"));
    }
}
