package io.strongroom.evidence.dsse;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An in-toto statement v1: something said, by a predicate, of subjects that their digests name.
 *
 * @param subjects with names that differ
 * @param predicateType a URI
 * @param predicate canonical JSON, an object
 */
public record InTotoStatement(List<Subject> subjects, String predicateType, byte[] predicate) {
    /** The type that an envelope around a statement has. */
    public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    private static final String TYPE = "https://in-toto.io/Statement/v1";

    /**
     * What the statement is about.
     *
     * @param digest hex digits by the name of the algorithm: {@code sha256}, {@code gitCommit}
     */
    public record Subject(String name, Map<String, String> digest) {
        public Subject {
            digest = Map.copyOf(digest);
        }

        /** A subject of this SHA-256. */
        public static Subject of(String name, Digest digest) {
            return new Subject(name, Map.of("sha256", digest.hex()));
        }

        /** Its SHA-256, null where it has none that is well formed. */
        public @Nullable Digest sha256() {
            String hex = digest.get("sha256");
            try {
                return hex == null ? null : Digest.parse("sha256:" + hex);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }

    public InTotoStatement {
        subjects = List.copyOf(subjects);
        Set<String> names = new HashSet<>();
        for (Subject subject : subjects) {
            if (!names.add(subject.name())) {
                throw new IllegalArgumentException("two subjects have the name " + subject.name());
            }
        }
    }

    /** The statement as canonical JSON: the payload of its envelope. */
    public byte[] toJson() {
        CanonicalWriter out = new CanonicalWriter();
        out.beginObject();
        out.name("_type").string(TYPE);
        out.name("predicate").rawValue(predicate, 0, predicate.length);
        out.name("predicateType").string(predicateType);
        out.name("subject").beginArray();
        for (Subject subject : subjects) {
            out.beginObject().name("digest").beginObject();
            subject.digest().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(digest -> out.name(digest.getKey()).string(digest.getValue()));
            out.endObject().name("name").string(subject.name()).endObject();
        }
        out.endArray().endObject();
        return out.toBytes();
    }

    /**
     * Reads a statement. Members that the standard may add to a subject are ignored.
     *
     * @throws JsonException if it is malformed or has another type
     */
    public static InTotoStatement parse(byte[] json) {
        JsonReader reader = JsonReader.ofCanonical(CanonicalJson.of(json));
        boolean typed = false;
        byte @Nullable [] predicate = null;
        @Nullable String predicateType = null;
        List<Subject> subjects = new ArrayList<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.name();
            switch (name) {
                case "_type" -> {
                    typed = reader.string().equals(TYPE);
                    if (!typed) {
                        throw reader.refused("a statement's _type is " + TYPE);
                    }
                }
                case "predicate" -> predicate = reader.slice().toBytes();
                case "predicateType" -> predicateType = reader.string();
                case "subject" -> {
                    reader.beginArray();
                    while (reader.hasNext()) {
                        subjects.add(subject(reader));
                    }
                    reader.endArray();
                }
                default -> throw reader.refused("a statement has no member " + name);
            }
        }
        reader.endObject();
        reader.end();
        if (!typed || predicate == null || predicate[0] != '{' || predicateType == null || subjects.isEmpty()) {
            throw new JsonException("a statement has _type, subject, predicateType and a predicate object", 0, "");
        }
        try {
            return new InTotoStatement(subjects, predicateType, predicate);
        } catch (IllegalArgumentException e) {
            throw new JsonException(String.valueOf(e.getMessage()), 0, "/subject");
        }
    }

    private static Subject subject(JsonReader reader) {
        @Nullable String name = null;
        Map<String, String> digest = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.name()) {
                case "name" -> name = reader.string();
                case "digest" -> {
                    reader.beginObject();
                    while (reader.hasNext()) {
                        digest.put(reader.name(), reader.string());
                    }
                    reader.endObject();
                }
                default -> reader.skip();
            }
        }
        reader.endObject();
        if (name == null || digest.isEmpty()) {
            throw reader.refused("a subject has a name and a digest");
        }
        return new Subject(name, digest);
    }
}
