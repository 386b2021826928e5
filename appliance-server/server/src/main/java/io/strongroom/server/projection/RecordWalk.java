package io.strongroom.server.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonNames;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a stored record once and tells what of it can be looked for. The index and the comparison with a record
 * both go this way, so they cannot disagree.
 *
 * <p>Sees what stands in the record and nothing else: a committed field is not there.
 */
final class RecordWalk {
    /** What separates a label's name from its value where both are taken together; no label is searched for in parts. */
    static final char LABEL_SEPARATOR = '\0';

    /** Takes what is found. The arrays are used again after the call. */
    interface Sink {
        /** @param epochMillis the record's {@code occurredAt} */
        void occurredAt(long epochMillis);

        /** A field's value in UTF-8; a label comes as name, {@link #LABEL_SEPARATOR}, value. */
        void value(Field field, byte[] bytes, int from, int to);

        /** A word of a visible value, in UTF-8. */
        void word(byte[] bytes, int length);
    }

    private static final JsonNames MEMBERS = JsonNames.of(
            "_sd",
            "action",
            "actor",
            "attributes",
            "batch",
            "correlation",
            "labels",
            "occurredAt",
            "outcome",
            "policy",
            "purpose",
            "receivedAt",
            "recordId",
            "resource",
            "salt",
            "source",
            "stream",
            "tenantId",
            "v");
    private static final JsonNames OF_A_PARTY = JsonNames.of("id", "type", "sequence");

    private final Words words = new Words();
    private final byte[] label = new byte[1024];

    /** @throws JsonException if the bytes are no record */
    void walk(byte[] body, Sink sink) {
        JsonReader reader = JsonReader.ofCanonical(body);
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.name(MEMBERS)) {
                case "action" -> text(reader, Field.ACTION, sink);
                case "actor" -> party(reader, Field.ACTOR_TYPE, Field.ACTOR, sink);
                case "resource" -> party(reader, Field.RESOURCE_TYPE, Field.RESOURCE, sink);
                case "source" -> party(reader, null, Field.SOURCE, sink);
                case "stream" -> value(Field.STREAM, reader.slice(), sink);
                case "outcome" -> value(Field.OUTCOME, reader.slice(), sink);
                case "labels" -> labels(reader, sink);
                case "occurredAt" -> occurredAt(reader, sink);
                case "_sd", "batch", "policy", "receivedAt", "recordId", "salt", "tenantId", "v" -> reader.skip();
                default -> words(reader, sink);
            }
        }
        reader.endObject();
        reader.end();
    }

    private void occurredAt(JsonReader reader, Sink sink) {
        String time = reader.string();
        try {
            sink.occurredAt(Rfc3339.parse(time));
        } catch (IllegalArgumentException malformed) {
            throw reader.refused("occurredAt is no RFC 3339 time in UTC");
        }
    }

    private void text(JsonReader reader, Field field, Sink sink) {
        JsonSlice slice = reader.slice();
        value(field, slice, sink);
        cut(slice, sink);
    }

    private void party(JsonReader reader, @Nullable Field type, Field id, Sink sink) {
        if (reader.peek() != JsonToken.BEGIN_OBJECT) {
            throw reader.refused("an object was expected");
        }
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.name(OF_A_PARTY);
            if (name.equals("id")) {
                text(reader, id, sink);
            } else if (type != null && name.equals("type")) {
                text(reader, type, sink);
            } else {
                words(reader, sink);
            }
        }
        reader.endObject();
    }

    private void labels(JsonReader reader, Sink sink) {
        reader.beginObject();
        while (reader.hasNext()) {
            byte[] name = reader.name().getBytes(UTF_8);
            JsonSlice slice = reader.slice();
            byte[] value = decoded(slice);
            int length = name.length + 1 + value.length;
            byte[] both = length <= label.length ? label : new byte[length];
            System.arraycopy(name, 0, both, 0, name.length);
            both[name.length] = LABEL_SEPARATOR;
            System.arraycopy(value, 0, both, name.length + 1, value.length);
            sink.value(Field.LABEL, both, 0, length);
            cut(slice, sink);
        }
        reader.endObject();
    }

    private void words(JsonReader reader, Sink sink) {
        switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                reader.beginObject();
                while (reader.hasNext()) {
                    reader.skipName();
                    words(reader, sink);
                }
                reader.endObject();
            }
            case BEGIN_ARRAY -> {
                reader.beginArray();
                while (reader.hasNext()) {
                    words(reader, sink);
                }
                reader.endArray();
            }
            case STRING, NUMBER -> cut(reader.slice(), sink);
            default -> reader.skip();
        }
    }

    private void value(Field field, JsonSlice slice, Sink sink) {
        byte[] bytes = slice.bytes();
        int from = slice.offset() + 1;
        int to = slice.offset() + slice.length() - 1;
        if (bytes[slice.offset()] != '"' || escaped(bytes, from, to)) {
            byte[] plain = decoded(slice);
            sink.value(field, plain, 0, plain.length);
        } else {
            sink.value(field, bytes, from, to);
        }
    }

    private void cut(JsonSlice slice, Sink sink) {
        boolean quoted = slice.bytes()[slice.offset()] == '"';
        int margin = quoted ? 1 : 0;
        words.cut(slice.bytes(), slice.offset() + margin, slice.offset() + slice.length() - margin, sink::word);
    }

    /** The value in UTF-8: a string's text, or anything else as it stands. */
    private static byte[] decoded(JsonSlice slice) {
        byte[] bytes = slice.bytes();
        int from = slice.offset();
        int to = from + slice.length();
        if (bytes[from] != '"') {
            return slice.toBytes();
        }
        return escaped(bytes, from + 1, to - 1)
                ? slice.string().getBytes(UTF_8)
                : Arrays.copyOfRange(bytes, from + 1, to - 1);
    }

    private static boolean escaped(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                return true;
            }
        }
        return false;
    }
}
