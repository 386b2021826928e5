package io.strongroom.api.json;

import io.strongroom.evidence.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a document into values; members come in canonical order. */
final class JsonTree {
    private JsonTree() {}

    static Json of(byte[] document) {
        JsonReader reader = JsonReader.of(document);
        Json value = value(reader);
        reader.end();
        return value;
    }

    private static Json value(JsonReader reader) {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> array(reader);
            case STRING -> Json.of(reader.string());
            case BOOLEAN -> Json.of(reader.bool());
            case NUMBER -> new Json.Num(new String(reader.slice().toBytes(), StandardCharsets.US_ASCII));
            case NULL -> {
                reader.nul();
                yield Json.Null.NULL;
            }
            case NAME, END_OBJECT, END_ARRAY, END -> throw reader.refused("a value was expected");
        };
    }

    private static Json object(JsonReader reader) {
        Map<String, Json> members = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.name();
            members.put(name, value(reader));
        }
        reader.endObject();
        return new Json.Obj(members);
    }

    private static Json array(JsonReader reader) {
        List<Json> items = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            items.add(value(reader));
        }
        reader.endArray();
        return new Json.Arr(items);
    }
}
