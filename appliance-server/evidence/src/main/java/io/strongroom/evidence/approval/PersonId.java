package io.strongroom.evidence.approval;

import java.util.Locale;

/**
 * A person as an approval names one: 1–128 printable characters of ASCII without a space. Shown as given, compared
 * without case, so that nobody is two people by writing a name otherwise.
 */
public final class PersonId {
    private final String value;
    private final String key;

    /**
     * @throws IllegalArgumentException if the name breaks the rule
     */
    public PersonId(String value) {
        if (!value.matches("[!-~]{1,128}")) {
            throw new IllegalArgumentException("a person is named by 1 to 128 characters from ! to ~");
        }
        this.value = value;
        this.key = value.toLowerCase(Locale.ROOT);
    }

    /** The name as given. */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PersonId that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
