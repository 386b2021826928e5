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
    /**
     * Looks whether this can be a line of {@code data/masked/}.
     *
     * @throws JsonException if it has other members, or lacks one
     * @throws IllegalArgumentException if something is shown by no mask, or masked and not shown
     */
    static void requireLine(CanonicalObject line) {
        line.requireOnly(List.of("fields", "reason", "recordId", "seq"));
        JsonSlice reason = line.get("reason");
        if (reason != null) {
            reason.string();
        }
        JsonReader listed = line.require("fields").reader();
        listed.beginArray();
        while (listed.hasNext()) {
            CanonicalObject field = listed.slice().object();
            field.requireOnly(List.of("classification", "mask", "pointer", "reason", "rendering"));
            if (field.has("mask") != field.has("rendering")) {
                throw new IllegalArgumentException("a mask without a rendering, or one without a mask");
            }
        }
        listed.endArray();
        for (MaskedField field : of(line)) {
            JsonPointer.parse(field.pointer());
        }
    }

    /** Those of a line of {@code data/masked/}. */
    static List<MaskedField> of(CanonicalObject line) {
        List<MaskedField> fields = new ArrayList<>();
        JsonReader listed = line.require("fields").reader();
        listed.beginArray();
        while (listed.hasNext()) {
            CanonicalObject field = listed.slice().object();
            fields.add(new MaskedField(
                    field.require("pointer").string(),
                    field.require("classification").string(),
                    field.require("reason").string(),
                    text(field.get("mask")),
                    text(field.get("rendering"))));
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
