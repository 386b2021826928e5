package io.strongroom.api;

import io.strongroom.api.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a bundle came into force: {@code GET /api/v1/policy/activations}.
 *
 * @param recordId of the record that says so
 * @param seq its place in the ledger; null for a moment while it is on its way
 * @param bundle digest of the bundle
 * @param baseBundle digest of the one before
 * @param requester who proposed it
 * @param at RFC 3339
 * @param approvals digests of the approvals
 */
public record PolicyActivation(
        String recordId,
        @Nullable Long seq,
        String bundle,
        String baseBundle,
        String commit,
        String proposal,
        String requester,
        String at,
        List<String> approvals) {
    public PolicyActivation {
        approvals = List.copyOf(approvals);
    }

    public static PolicyActivation fromJson(Json.Obj json) {
        return new PolicyActivation(
                json.text("recordId"),
                json.optionalInteger("seq").isPresent() ? (Long) json.integer("seq") : null,
                json.text("bundle"),
                json.text("baseBundle"),
                json.text("commit"),
                json.text("proposal"),
                json.text("requester"),
                json.text("at"),
                json.texts("approvals"));
    }
}
