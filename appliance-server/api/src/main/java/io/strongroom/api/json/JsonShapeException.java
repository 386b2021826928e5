package io.strongroom.api.json;

/** A document is JSON, but a member of it is not what it should be. */
public final class JsonShapeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String member;

    public JsonShapeException(String member, String expected) {
        super((member.isEmpty() ? "the document" : "the member " + member) + " must be " + expected);
        this.member = member;
    }

    /** The member's name; empty for the document as a whole. */
    public String member() {
        return member;
    }
}
