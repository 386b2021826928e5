package io.strongroom.policies.schema;

/** A schema that is none, or uses what is not supported. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String pointer;

    /**
     * @param pointer RFC 6901 pointer to the place in the schema
     */
    public SchemaException(String pointer, String reason) {
        super(reason);
        this.pointer = pointer;
    }

    /** RFC 6901 pointer to the place in the schema. */
    public String pointer() {
        return pointer;
    }
}
