package io.strongroom.policies.diff;

/**
 * One thing that two bundles decide differently about the same input. It says how each decides, in words of the policy's
 * own; never what a field holds.
 *
 * @param kind what was decided
 * @param pointer the field (RFC 6901), or what two bundles cut into fields differently; empty where it is the whole
 * @param before how the one bundle decides
 * @param after how the other does
 */
public record Difference(Kind kind, String pointer, String before, String after) {

    /** What can be decided. */
    public enum Kind {
        /** Whether a record is taken in. */
        ADMISSION,
        /** The class of a record. */
        CLASSIFICATION,
        /** How long it is kept. */
        RETENTION,
        /** Which field names its data subject. */
        SUBJECT,
        /** What is kept of a field, and how. */
        HANDLING,
        /** How a reader sees a field, or whether they see the record. */
        READING,
        /** What goes out of a field, or whether the record does. */
        EXPORT
    }
}
