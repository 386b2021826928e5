package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.pack.PackLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What {@code manifest.json} says, every member of it; what of that is more than its signer's word, {@link Told} knows. */
record PackManifest(
        String packId,
        String tenant,
        String createdAt,
        String reader,
        String purpose,
        String format,
        Tool tool,
        Head checkpoint,
        Range range,
        Counts counts,
        List<Key> keys,
        List<Part> parts,
        List<Policy> policies,
        List<JsonPointer> withhold) {
    private static final List<String> MEMBERS = List.of(
            "checkpoint",
            "counts",
            "createdAt",
            "format",
            "keys",
            "packageId",
            "parts",
            "policy",
            "purpose",
            "ranges",
            "reader",
            "schemaVersion",
            "selection",
            "tenantId",
            "tool",
            "withhold");

    /** The checkpoint that the range is tied to. */
    record Head(String origin, String path, String root, long size) {
        static Head of(CanonicalObject head) {
            head.requireOnly(List.of("origin", "path", "root", "size"));
            return new Head(
                    head.require("origin").string(),
                    head.require("path").string(),
                    head.require("root").string(),
                    head.require("size").integer());
        }

        @Override
        public String toString() {
            return origin + ", size " + size + ", root " + root + " in " + path;
        }
    }

    /** The places of which all leaves are here, {@code to} exclusive; where they and their proof stand. */
    record Range(long from, String leaves, String proof, long to) {
        static Range of(CanonicalObject range) {
            range.requireOnly(List.of("from", "leaves", "proof", "to"));
            return new Range(
                    range.require("from").integer(),
                    range.require("leaves").string(),
                    range.require("proof").string(),
                    range.require("to").integer());
        }

        @Override
        public String toString() {
            return "range [" + from + ", " + to + ") by " + leaves + " and " + proof;
        }
    }

    /** A public key that the pack brings along, by the SHA-256 of its SubjectPublicKeyInfo. */
    record Key(String algo, String keyId, String path, String signs) {
        static Key of(CanonicalObject key) {
            key.requireOnly(List.of("algo", "keyId", "path", "signs"));
            return new Key(
                    key.require("algo").string(),
                    key.require("keyId").string(),
                    key.require("path").string(),
                    key.require("signs").string());
        }
    }

    /** A file of lines. */
    record Part(String path, String sha256, long size, PartPlaces.Span span) {
        static Part of(CanonicalObject part) {
            part.requireOnly(List.of("firstSeq", "lastSeq", "lines", "path", "sha256", "size"));
            return new Part(
                    part.require("path").string(),
                    part.require("sha256").string(),
                    part.require("size").integer(),
                    new PartPlaces.Span(
                            part.require("lines").integer(),
                            part.require("firstSeq").integer(),
                            part.require("lastSeq").integer()));
        }
    }

    /** A bundle that decided. */
    record Policy(String bundle, String commit, String version) {
        static Policy of(CanonicalObject policy) {
            policy.requireOnly(List.of("bundle", "commit", "version"));
            return new Policy(
                    policy.require("bundle").string(),
                    policy.require("commit").string(),
                    policy.require("version").string());
        }
    }

    /** What wrote the pack. */
    record Tool(String name, String version) {
        static Tool of(CanonicalObject tool) {
            tool.requireOnly(List.of("name", "version"));
            return new Tool(
                    tool.require("name").string(), tool.require("version").string());
        }
    }

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
            counts.requireOnly(List.of("bodiesLeftOut", "disclosures", "entries", "leaves", "notSelected", "records"));
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
            requireKnown(object.require("schemaVersion").string());
            object.requireOnly(MEMBERS);
            List<Range> ranges = all(object.require("ranges"), Range::of);
            if (ranges.size() != 1) {
                throw new IllegalArgumentException(ranges.size() + " ranges; a pack has one");
            }
            CanonicalObject reader = object.require("reader").object();
            reader.requireOnly(List.of("id", "maskingProfile", "role"));
            object.require("selection").object();
            return new PackManifest(
                    object.require("packageId").string(),
                    object.require("tenantId").string(),
                    object.require("createdAt").string(),
                    reader.require("id").string(),
                    object.require("purpose").string(),
                    object.require("format").string(),
                    Tool.of(object.require("tool").object()),
                    Head.of(object.require("checkpoint").object()),
                    ranges.getFirst(),
                    Counts.of(object.require("counts").object()),
                    all(object.require("keys"), Key::of),
                    all(object.require("parts"), Part::of),
                    all(object.require("policy"), Policy::of),
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

    private static <T> List<T> all(JsonSlice array, Function<CanonicalObject, T> each) {
        List<T> all = new ArrayList<>();
        JsonReader reader = array.reader();
        reader.beginArray();
        while (reader.hasNext()) {
            all.add(each.apply(reader.slice().object()));
        }
        reader.endArray();
        return all;
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
