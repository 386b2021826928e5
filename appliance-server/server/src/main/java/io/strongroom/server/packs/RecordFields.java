package io.strongroom.server.packs;

import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a stored record, read from its canonical bytes. Any of them may be hidden, or missing: then it is null
 * here.
 */
final class RecordFields {
    private final byte[] body;
    private final CanonicalObject members;

    RecordFields(byte[] body) {
        this.body = body;
        this.members = CanonicalObject.ofCanonical(body);
    }

    /** The string at a member of the record, or at a member of a member. */
    @Nullable
    String text(String name) {
        return text(members, name);
    }

    @Nullable
    String text(String object, String name) {
        CanonicalObject inner = object(object);
        return inner == null ? null : text(inner, name);
    }

    private static @Nullable String text(CanonicalObject object, String name) {
        JsonSlice value = object.get(name);
        return value == null || value.kind() != JsonToken.STRING ? null : value.string();
    }

    private @Nullable CanonicalObject object(String name) {
        JsonSlice value = members.get(name);
        return value == null || value.kind() != JsonToken.BEGIN_OBJECT ? null : value.object();
    }

    /** The canonical bytes of a member. */
    @Nullable
    JsonSlice raw(String name) {
        return members.get(name);
    }

    /** The labels whose values are strings, by name. */
    SortedMap<String, String> labels() {
        SortedMap<String, String> labels = new TreeMap<>();
        CanonicalObject inner = object("labels");
        if (inner != null) {
            for (Map.Entry<String, JsonSlice> label : inner) {
                if (label.getValue().kind() == JsonToken.STRING) {
                    labels.put(label.getKey(), label.getValue().string());
                }
            }
        }
        return labels;
    }

    /** Gives each string value in the record, whatever its depth; not the names. */
    void strings(Consumer<String> each) {
        JsonReader reader = JsonReader.ofCanonical(body);
        strings(reader, each);
    }

    // As deep as the document, which is at most CanonicalJson.MAX_DEPTH.
    private static void strings(JsonReader reader, Consumer<String> each) {
        switch (reader.peek()) {
            case STRING -> each.accept(reader.string());
            case BEGIN_OBJECT -> {
                reader.beginObject();
                while (reader.hasNext()) {
                    String unused = reader.name();
                    strings(reader, each);
                }
                reader.endObject();
            }
            case BEGIN_ARRAY -> {
                reader.beginArray();
                while (reader.hasNext()) {
                    strings(reader, each);
                }
                reader.endArray();
            }
            default -> reader.skip();
        }
    }
}
