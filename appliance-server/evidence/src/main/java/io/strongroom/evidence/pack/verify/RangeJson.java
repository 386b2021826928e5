package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.tree.RangeProof;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code proofs/range.json}: what ties the range to the checkpoint.
 *
 * @param checkpoint path of the checkpoint
 * @param leaves path of the leaf hashes
 */
record RangeJson(String checkpoint, String leaves, RangeProof proof) {
    static RangeJson parse(byte[] bytes) throws RefusedException {
        try {
            CanonicalObject object = CanonicalObject.of(bytes);
            object.requireOnly(List.of("checkpoint", "from", "leaves", "left", "right", "size", "to"));
            RangeProof proof = new RangeProof(
                    object.require("from").integer(),
                    object.require("to").integer(),
                    object.require("size").integer(),
                    hashes(object.require("left")),
                    hashes(object.require("right")));
            return new RangeJson(
                    object.require("checkpoint").string(),
                    object.require("leaves").string(),
                    proof);
        } catch (JsonException | IllegalArgumentException e) {
            throw new RefusedException(
                    PackLayout.RANGE, "the proof of a range of the ledger", String.valueOf(e.getMessage()));
        }
    }

    private static List<Digest> hashes(JsonSlice array) {
        List<Digest> hashes = new ArrayList<>();
        JsonReader reader = array.reader();
        reader.beginArray();
        while (reader.hasNext()) {
            hashes.add(Digest.parse(reader.string()));
            if (hashes.size() > 2 * Long.SIZE) {
                throw new IllegalArgumentException("more hashes than a proof can have, at most " + 2 * Long.SIZE);
            }
        }
        reader.endArray();
        return hashes;
    }
}
