package io.strongroom.evidence;

import java.util.Locale;

/**
 * The name of the tenant: 1–64 of {@code A-Z a-z 0-9 . _ ~ -}, first a letter or digit. Shown as given, compared
 * without case.
 */
public final class TenantId {
    private final String value;
    private final String key;

    /**
     * @throws IllegalArgumentException if the name breaks the rule
     */
    public TenantId(String value) {
        if (!isTenant(value)) {
            throw new IllegalArgumentException("a tenant id must be 1 to 64 of A-Z a-z 0-9 . _ ~ -, first a letter or "
                    + "digit, but is " + NameRule.shown(value));
        }
        this.value = value;
        this.key = value.toLowerCase(Locale.ROOT);
    }

    private static boolean isTenant(String value) {
        if (value.isEmpty() || value.length() > NameRule.MAX_CHARS || !isLetterOrDigit(value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '~' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    /** The name as given, for showing. */
    public String value() {
        return value;
    }

    /** The name in lower case, for origins, associated data and comparison. */
    public String key() {
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TenantId that && key.equals(that.key);
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
