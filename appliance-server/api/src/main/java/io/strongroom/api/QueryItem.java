package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;

/**
 * One record that a query found.
 *
 * @param seq its place in the ledger
 * @param recordId its ULID
 * @param at when the ledger took it, RFC 3339
 * @param record the stored record, as far as this reader may see it
 * @param more any further members of the item
 */
public record QueryItem(long seq, String recordId, String at, Json.Obj record, Json.Obj more) {
    public QueryItem {
        requireNonNull(recordId, "recordId is null");
        requireNonNull(at, "at is null");
        requireNonNull(record, "record is null");
        requireNonNull(more, "more is null");
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("seq", seq)
                .put("recordId", recordId)
                .put("at", at)
                .put("record", record)
                .putAll(more)
                .build();
    }

    public static QueryItem fromJson(Json.Obj json) {
        return new QueryItem(
                json.integer("seq"),
                json.text("recordId"),
                json.text("at"),
                json.object("record"),
                json.without("seq", "recordId", "at", "record"));
    }
}
