package io.strongroom.evidence;

/**
 * A stream of records: 1–64 of {@code a-z 0-9 . _ -}, as in {@code audit.security}.
 *
 * @param value the name
 */
public record StreamName(String value) {
    /** The stream of a record that names none. */
    public static final StreamName DEFAULT = new StreamName("audit.default");

    private static final String SYSTEM_PREFIX = "system.";

    /**
     * @throws IllegalArgumentException if the name breaks the rule
     */
    public StreamName {
        NameRule.lowerName("a stream", value);
    }

    /** Whether a stream may have this name. */
    public static boolean is(String name) {
        return NameRule.isLowerName(name);
    }

    /** Whether the server alone may write it ({@code system.*}). */
    public boolean isSystem() {
        return value.startsWith(SYSTEM_PREFIX);
    }

    @Override
    public String toString() {
        return value;
    }
}
