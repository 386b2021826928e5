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
        Counts counts,
        List<Part> parts,
        List<JsonPointer> withhold) {
    record Part(String path, String sha256, long size, long lines) {}

    /**
     * What there is, by the lines of the files and the leaves of the range.
     *
     * @param disclosures records of which something is disclosed
     * @param notSelected leaves without an entry here
     * @param bodiesLeftOut entries without a record here
     */
    record Counts(long leaves, long entries, long records, long disclosures, long notSelected, long bodiesLeftOut) {
        /** Whether no place of the range is left out, so that the first without an entry is one that is missing. */
        boolean allEntries() {
            return entries == leaves;
        }

        /** Whether no body is left out, so that the first entry without a record is one whose record is missing. */
        boolean allBodies() {
            return records == entries;
        }

        static Counts of(CanonicalObject counts) {
            return new Counts(
                    counts.require("leaves").integer(),
                    counts.require("entries").integer(),
                    counts.require("records").integer(),
                    counts.require("disclosures").integer(),
                    counts.require("notSelected").integer(),
                    counts.require("bodiesLeftOut").integer());
        }

        @Override
        public String toString() {
            return leaves + " leaves, " + entries + " entries, " + records + " records, " + disclosures
                    + " with disclosures, " + notSelected + " not selected, " + bodiesLeftOut + " bodies left out";
        }
    }

    static PackManifest parse(byte[] bytes) throws RefusedException {
        try {
            CanonicalObject object = CanonicalObject.of(bytes);
            CanonicalObject checkpoint = object.require("checkpoint").object();
            requireKnown(object.require("schemaVersion").string());
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
                    Counts.of(object.require("counts").object()),
                    parts,
                    withhold(object));
        } catch (JsonException | IllegalArgumentException e) {
            throw new RefusedException(PackLayout.MANIFEST, "a pack's manifest", String.valueOf(e.getMessage()));
        }
    }

    private static void requireKnown(String version) {
        if (!version.equals(PackLayout.SCHEMA_VERSION)) {
            throw new IllegalArgumentException(
                    "schemaVersion " + version + "; this verifier knows " + PackLayout.SCHEMA_VERSION);
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
