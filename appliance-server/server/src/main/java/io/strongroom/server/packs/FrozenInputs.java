package io.strongroom.server.packs;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;

/**
 * What a pack is made of, fixed once (formats §7): the same inputs give the same pack, whenever it is made again.
 *
 * @param packId the pack's name, which is its top folder
 * @param from the first entry of the range
 * @param to the entry after its last
 * @param checkpoint the signed note that covers the range
 * @param bundle digest of the policy bundle in force
 * @param createdAt epoch milliseconds
 */
record FrozenInputs(String packId, long from, long to, String checkpoint, Digest bundle, long createdAt) {

    String toJson() {
        return Json.object()
                .put("packId", packId)
                .put("from", from)
                .put("to", to)
                .put("checkpoint", checkpoint)
                .put("bundle", bundle.toString())
                .put("createdAt", Rfc3339.format(createdAt))
                .build()
                .toString();
    }

    static FrozenInputs fromJson(Json.Obj json) {
        return new FrozenInputs(
                json.text("packId"),
                json.integer("from"),
                json.integer("to"),
                json.text("checkpoint"),
                Digest.parse(json.text("bundle")),
                Rfc3339.parse(json.text("createdAt")));
    }
}
