package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field that a pack's reader was not shown as it is: the word of whoever made the pack, which nothing proves.
 *
 * @param pointer where it stands (RFC 6901)
 * @param reason a sentence that names the rule
 * @param mask how it is masked; null where nothing of it is shown
 * @param rendering what is shown of it, texts without their quotes; null where nothing is
 */
public record MaskedField(
        String pointer,
        String classification,
        String reason,
        @Nullable String mask,
        @Nullable String rendering) {
    private static final List<String> LINE = List.of("fields", "reason", "recordId", "seq");
    private static final List<String> FIELD = List.of("classification", "mask", "pointer", "reason", "rendering");

    /**
     * Those of a line of {@code data/masked/}.
     *
     * @throws JsonException if it has members that are not known, or lacks one
     * @throws IllegalArgumentException if a field has no place, is shown by no mask, or is masked and not shown
     */
    static List<MaskedField> of(CanonicalObject line) {
        line.requireOnly(LINE);
        List<MaskedField> fields = new ArrayList<>();
        JsonReader listed = line.require("fields").reader();
        listed.beginArray();
        while (listed.hasNext()) {
            CanonicalObject field = listed.slice().object();
            field.requireOnly(FIELD);
            String mask = text(field.get("mask"));
            String rendering = text(field.get("rendering"));
            if ((mask == null) != (rendering == null)) {
                throw new IllegalArgumentException("a mask without a rendering, or one without a mask");
            }
            fields.add(new MaskedField(
                    JsonPointer.parse(field.require("pointer").string()).toString(),
                    field.require("classification").string(),
                    field.require("reason").string(),
                    mask,
                    rendering));
        }
        return fields;
    }

    private static @Nullable String text(@Nullable JsonSlice value) {
        if (value == null) {
            return null;
        }
        return value.reader().peek() == JsonToken.STRING
                ? value.string()
                : new String(value.bytes(), value.offset(), value.length(), StandardCharsets.UTF_8);
    }
}
