package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.field.Commitment.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What became, for one reader, of a field that a record commits to (formats §4). A field that is hidden is told, never
 * silently left out.
 *
 * @param digest as it stands in the record's {@code _sd}; null where the field stands in the record itself: in one that is not
 *     shown, or as an object that holds nothing any more
 * @param verdict {@code PRESENT}: its value has been put back into the record that is shown
 * @param pointer where it stands (RFC 6901); null where nobody can open it
 * @param classification the class that policy gave it; null as above
 * @param reason why it is hidden, in a sentence; null where it is present
 * @param mask what was done to show the rendering, as bundles name it; null where nothing is shown
 * @param rendering what the reader sees of it, which proves nothing; null as above
 */
public record FieldVerdict(
        @Nullable String digest,
        Verdict verdict,
        @Nullable String pointer,
        @Nullable String classification,
        @Nullable String reason,
        @Nullable String mask,
        @Nullable Json rendering) {
    public FieldVerdict {
        requireNonNull(verdict, "verdict is null");
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("digest", digest)
                .put("verdict", verdict.name())
                .put("pointer", pointer)
                .put("classification", classification)
                .put("reason", reason)
                .put("mask", mask)
                .put("rendering", rendering)
                .build();
    }

    public static FieldVerdict fromJson(Json.Obj json) {
        return new FieldVerdict(
                json.optionalText("digest"),
                verdict(json.text("verdict")),
                json.optionalText("pointer"),
                json.optionalText("classification"),
                json.optionalText("reason"),
                json.optionalText("mask"),
                json.members().get("rendering"));
    }

    private static Verdict verdict(String name) {
        try {
            return Verdict.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new JsonShapeException("verdict", "PRESENT, WITHHELD or ERASED");
        }
    }
}
