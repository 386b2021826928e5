package io.strongroom.console.pack;

import io.strongroom.console.text.Texts;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a pack was asked for, in words, a line each. */
final class SelectionWords {
    private final Texts texts;
    private final List<String> lines = new ArrayList<>();

    private SelectionWords(Texts texts) {
        this.texts = texts;
    }

    /** @param selection as the pack's statement has it: texts as they are, all else as JSON */
    static List<String> of(Map<String, String> selection, Texts texts) {
        SelectionWords words = new SelectionWords(texts);
        selection.forEach(words::add);
        return words.lines.isEmpty() ? List.of(texts.get("pack.custody.everything")) : words.lines;
    }

    private void add(String name, String value) {
        switch (name) {
            case "not" -> without(CanonicalObject.of(value.getBytes(StandardCharsets.UTF_8)), "");
            case "records" ->
                lines.add(texts.get(
                        "pack.custody.records",
                        values(JsonReader.of(value.getBytes(StandardCharsets.UTF_8)))
                                .size()));
            default -> lines.add(name + ": " + value);
        }
    }

    private void without(CanonicalObject not, String kind) {
        for (Map.Entry<String, JsonSlice> field : not) {
            if (field.getValue().kind() == JsonToken.BEGIN_OBJECT) {
                without(field.getValue().object(), "label.");
            } else {
                lines.add(texts.get(
                        "pack.custody.without",
                        kind + field.getKey(),
                        String.join(", ", values(field.getValue().reader()))));
            }
        }
    }

    private static List<String> values(JsonReader array) {
        List<String> values = new ArrayList<>();
        array.beginArray();
        while (array.hasNext()) {
            values.add(array.string());
        }
        array.endArray();
        return values;
    }
}
