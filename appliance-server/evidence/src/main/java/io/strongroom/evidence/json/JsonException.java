package io.strongroom.evidence.json;

/** A document that is not the JSON that was asked for: why, at which byte, and at which value. */
public final class JsonException extends RuntimeException {
    private final String reason;
    private final int position;
    private final String pointer;

    /**
     * @param reason what is wrong, without the document's content
     * @param position byte offset from the start of the document
     * @param pointer RFC 6901 pointer of the value in which reading stopped; empty for the whole document
     */
    public JsonException(String reason, int position, String pointer) {
        super(reason + " at byte " + position + (pointer.isEmpty() ? "" : " (" + pointer + ")"));
        this.reason = reason;
        this.position = position;
        this.pointer = pointer;
    }

    /** What is wrong, without the document's content. */
    public String reason() {
        return reason;
    }

    /** Byte offset from the start of the document. */
    public int position() {
        return position;
    }

    /** RFC 6901 pointer of the value in which reading stopped; empty for the whole document. */
    public String pointer() {
        return pointer;
    }
}
