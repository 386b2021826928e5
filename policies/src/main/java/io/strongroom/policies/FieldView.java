package io.strongroom.policies;

/** How a reader sees one field. */
public sealed interface FieldView {

    /** Where the field stands in the record (RFC 6901). */
    String pointer();

    /** The class that the bundle in force gives it. */
    Classification classification();

    /** As it is. Where it was committed, its disclosure may be given. */
    record Present(String pointer, Classification classification) implements FieldView {}

    /**
     * As a rendering, which proves nothing and is labelled so.
     *
     * @param mask what was done
     * @param value the rendering
     * @param rule the masking rule that decided
     */
    record Masked(String pointer, Classification classification, Mask mask, String value, String rule)
            implements FieldView {}

    /**
     * Not at all; that there is such a field is shown all the same.
     *
     * @param reason for the reader
     */
    record Hidden(String pointer, Classification classification, String reason) implements FieldView {}
}
