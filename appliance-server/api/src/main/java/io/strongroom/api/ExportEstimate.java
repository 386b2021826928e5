package io.strongroom.api;

import io.strongroom.api.json.Json;

/**
 * What a pack would hold if it were asked for now: {@code POST /api/v1/exports/estimate}.
 *
 * @param entries how many entries of the ledger it would cover, whose hashes are all in it
 * @param records how many records it would show
 * @param bytes how long it would be, by what its sampled records come to when they are packed
 * @param exact whether each entry was looked at; if not, {@code records} is reckoned up from a sample
 */
public record ExportEstimate(long entries, long records, long bytes, boolean exact) {
    public Json.Obj toJson() {
        return Json.object()
                .put("entries", entries)
                .put("records", records)
                .put("bytes", bytes)
                .put("exact", exact)
                .build();
    }

    public static ExportEstimate fromJson(Json.Obj json) {
        return new ExportEstimate(
                json.integer("entries"), json.integer("records"), json.integer("bytes"), json.truth("exact"));
    }
}
