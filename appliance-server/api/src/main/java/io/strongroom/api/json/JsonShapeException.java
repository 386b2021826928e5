package io.strongroom.api.json;

import io.strongroom.evidence.field.JsonPointer;

/** A document is JSON, but a member of it is not what it should be. */
public final class JsonShapeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String pointer;

    /** @param member the member's name; empty for the document as a whole */
    public JsonShapeException(String member, String expected) {
        super((member.isEmpty() ? "the document" : "the member " + member) + " must be " + expected);
        this.pointer = member.isEmpty() ? "" : JsonPointer.of(member).toString();
    }

    private JsonShapeException(JsonPointer place, JsonShapeException inside) {
        super(inside.getMessage(), inside);
        this.pointer = place + inside.pointer;
    }

    /** The same, said of the document in which the one that was read stands at {@code path}. */
    JsonShapeException within(String... path) {
        return new JsonShapeException(JsonPointer.of(path), this);
    }

    /** The RFC 6901 pointer of the member; empty for the document as a whole. */
    public String pointer() {
        return pointer;
    }
}
