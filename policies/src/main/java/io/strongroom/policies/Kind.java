package io.strongroom.policies;

import java.util.Locale;

/** What a field tells of a person or a business, which decides how it is masked. */
public enum Kind {
    /** A person's name, or a name chosen by them. */
    NAME,
    /** What identifies a person, device or account: a number, a key, an address of a machine. */
    IDENTIFIER,
    /** How a person is reached: e-mail, phone, postal address. */
    CONTACT,
    /** What a business keeps to itself. */
    BUSINESS;

    /** As bundles write it: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind that a bundle names.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Kind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
