package io.strongroom.policies;

import java.util.Locale;

/** How a reader sees a field, the openest first. */
public enum Mask {
    /** As it is. */
    NONE,
    /** The year of a date, as {@code 2026}. */
    YEAR,
    /** Its last four characters, as {@code ****1234}. */
    LAST4,
    /** The first 16 hexadecimal digits of its SHA-256: equal values look equal. */
    HASH,
    /** {@code [REDACTED]}. */
    REDACT,
    /** Not at all: the field shows as hidden, with the reason. */
    OMIT;

    /** As bundles write it: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The mask that a bundle names.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Mask of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
