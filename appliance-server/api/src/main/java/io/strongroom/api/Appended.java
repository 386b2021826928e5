package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;

/**
 * A record stands in the ledger, durably.
 *
 * @param recordId its ULID
 * @param seq its place in the ledger, from 0
 * @param recordDigest the digest of the stored record, {@code sha256:…}
 * @param replayed whether an earlier request had appended it already
 */
public record Appended(String recordId, long seq, String recordDigest, boolean replayed) {
    public Appended {
        requireNonNull(recordId, "recordId is null");
        requireNonNull(recordDigest, "recordDigest is null");
    }

    /** The body of the answer; {@code replayed} is its status and header. */
    public Json.Obj toJson() {
        return Json.object()
                .put("recordId", recordId)
                .put("seq", seq)
                .put("recordDigest", recordDigest)
                .build();
    }

    public static Appended fromJson(Json.Obj json, boolean replayed) {
        return new Appended(json.text("recordId"), json.integer("seq"), json.text("recordDigest"), replayed);
    }
}
