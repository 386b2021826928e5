package io.strongroom.console.packs;

import io.strongroom.api.Selection;
import io.strongroom.api.json.Json;
import io.strongroom.console.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which records, in words. */
final class Words {
    private Words() {}

    /** By what they were selected; that there is nothing, where it is all of a range. */
    static String of(Selection selection, Texts texts) {
        List<String> parts = new ArrayList<>();
        Json.Obj json = selection.toJson();
        text(parts, json, texts, "from", "from");
        text(parts, json, texts, "to", "before");
        for (String name : List.of("stream", "source", "actor", "action", "resource", "outcome")) {
            text(parts, json, texts, name, name);
        }
        text(parts, json, texts, "text", "words");
        for (Map.Entry<String, String> label : selection.labels().entrySet()) {
            parts.add(label.getKey() + "=" + label.getValue());
        }
        selection
                .not()
                .fields()
                .forEach((name, values) -> parts.add(
                        texts.get("packs.without", texts.get("packs.field." + name), String.join(", ", values))));
        selection
                .not()
                .labels()
                .forEach((name, values) -> parts.add(texts.get("packs.without", name, String.join(", ", values))));
        if (!selection.records().isEmpty()) {
            parts.add(texts.get("packs.aside.these", selection.records().size()));
        }
        return parts.isEmpty() ? texts.get("packs.all") : String.join("; ", parts);
    }

    /** Of which places it leaves out what is kept apart. */
    static String withhold(List<String> places, Texts texts) {
        return places.contains("") ? texts.get("packs.hide.all.short") : String.join(", ", places);
    }

    private static void text(List<String> parts, Json.Obj json, Texts texts, String member, String name) {
        String value = json.optionalText(member);
        if (value != null) {
            parts.add(texts.get("packs.field." + name) + ": " + value);
        }
    }
}
