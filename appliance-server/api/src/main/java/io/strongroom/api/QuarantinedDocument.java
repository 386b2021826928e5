package io.strongroom.api;

import io.strongroom.api.json.Json;

/**
 * A document that was not appended, kept for an officer to look at: {@code GET /api/v1/quarantine}.
 *
 * @param receivedAt RFC 3339
 * @param caller who sent it
 * @param reason why it was not appended
 * @param bytes its length
 */
public record QuarantinedDocument(
        String id, String receivedAt, String caller, String reason, String requestId, long bytes) {
    public static QuarantinedDocument fromJson(Json.Obj json) {
        return new QuarantinedDocument(
                json.text("id"),
                json.text("receivedAt"),
                json.text("caller"),
                json.text("reason"),
                json.text("requestId"),
                json.integer("bytes"));
    }
}
