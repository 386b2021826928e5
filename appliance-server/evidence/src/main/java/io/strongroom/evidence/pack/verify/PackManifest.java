package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.pack.PackLayout;
import java.util.ArrayList;
import java.util.List;

/** What {@code manifest.json} says, as far as it can be compared with what is there. */
record PackManifest(
        String packId,
        String tenant,
        String createdAt,
        String reader,
        String purpose,
        String origin,
        long size,
        String root,
        String checkpointPath,
        long from,
        long to,
        long records,
        long entries,
        long leaves,
        List<Part> parts,
        List<JsonPointer> withhold) {
    record Part(String path, String sha256, long size, long lines) {}

    static PackManifest parse(byte[] bytes) throws RefusedException {
        try {
            CanonicalObject object = CanonicalObject.of(bytes);
            CanonicalObject checkpoint = object.require("checkpoint").object();
            CanonicalObject counts = object.require("counts").object();
            JsonReader ranges = object.require("ranges").reader();
            ranges.beginArray();
            CanonicalObject range = ranges.slice().object();
            ranges.endArray();
            List<Part> parts = new ArrayList<>();
            JsonReader reader = object.require("parts").reader();
            reader.beginArray();
            while (reader.hasNext()) {
                CanonicalObject part = reader.slice().object();
                parts.add(new Part(
                        part.require("path").string(),
                        part.require("sha256").string(),
                        part.require("size").integer(),
                        part.require("lines").integer()));
            }
            return new PackManifest(
                    object.require("packageId").string(),
                    object.require("tenantId").string(),
                    object.require("createdAt").string(),
                    object.require("reader").object().require("id").string(),
                    object.require("purpose").string(),
                    checkpoint.require("origin").string(),
                    checkpoint.require("size").integer(),
                    checkpoint.require("root").string(),
                    checkpoint.require("path").string(),
                    range.require("from").integer(),
                    range.require("to").integer(),
                    counts.require("records").integer(),
                    counts.require("entries").integer(),
                    counts.require("leaves").integer(),
                    parts,
                    withhold(object));
        } catch (JsonException | IllegalArgumentException e) {
            throw new RefusedException(PackLayout.MANIFEST, "a pack's manifest", String.valueOf(e.getMessage()));
        }
    }

    /** The places of which whoever asked for the pack had left out what is kept apart. */
    static List<JsonPointer> withhold(CanonicalObject manifest) {
        JsonSlice places = manifest.get("withhold");
        List<JsonPointer> withhold = new ArrayList<>();
        if (places != null) {
            JsonReader reader = places.reader();
            reader.beginArray();
            while (reader.hasNext()) {
                withhold.add(JsonPointer.parse(reader.string()));
            }
            reader.endArray();
        }
        return withhold;
    }
}
