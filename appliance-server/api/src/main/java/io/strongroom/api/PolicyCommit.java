package io.strongroom.api;

import io.strongroom.api.json.Json;

/**
 * A commit of the policy repository's main branch: {@code GET /api/v1/policy/history}.
 *
 * @param at RFC 3339
 * @param subject the first line of its message
 */
public record PolicyCommit(String commit, String author, String at, String subject) {
    public static PolicyCommit fromJson(Json.Obj json) {
        return new PolicyCommit(json.text("commit"), json.text("author"), json.text("at"), json.text("subject"));
    }
}
