package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;

/**
 * One place in a document that is wrong.
 *
 * @param pointer where, as a JSON pointer (RFC 6901); empty for the document as a whole
 * @param detail what is wrong there, in one sentence, without the value itself
 */
public record FieldError(String pointer, String detail) {
    public FieldError {
        requireNonNull(pointer, "pointer is null");
        requireNonNull(detail, "detail is null");
    }

    public Json.Obj toJson() {
        return Json.object().put("pointer", pointer).put("detail", detail).build();
    }

    public static FieldError fromJson(Json.Obj json) {
        return new FieldError(json.text("pointer"), json.text("detail"));
    }
}
