package io.strongroom.policies;

/** How sensitive a field or a record is, least first. */
public enum Classification {
    PUBLIC,
    INTERNAL,
    CONFIDENTIAL,
    RESTRICTED;

    /** The higher of the two (high-water mark). */
    public Classification max(Classification that) {
        return compareTo(that) >= 0 ? this : that;
    }
}
