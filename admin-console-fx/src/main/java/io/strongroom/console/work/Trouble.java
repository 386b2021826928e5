package io.strongroom.console.work;

import org.jspecify.annotations.Nullable;

/**
 * Why something was not done, as an officer reads it.
 *
 * @param title what went wrong, in a few words
 * @param detail the rest of it; empty where there is none
 * @param action what to do about it; empty where there is nothing
 * @param requestId by which the appliance's log tells more; null where it was not the appliance that said so
 */
public record Trouble(
        Kind kind,
        String title,
        String detail,
        String action,
        @Nullable String requestId) {
    /** What kind of trouble it is, and so what can be done on a screen. */
    public enum Kind {
        /** This officer may not; asking again does not help. */
        FORBIDDEN,
        /** There is no such thing, or not any more. */
        MISSING,
        /** What was asked for is not right; changing it helps. */
        REFUSED,
        /** Nobody answered; asking again may help. */
        UNREACHABLE,
        /** Anything else; asking again may help. */
        FAILED
    }

    /** Whether asking again, as it was asked, may help. */
    public boolean retryable() {
        return kind == Kind.UNREACHABLE || kind == Kind.FAILED;
    }

    /** All in one line, without what is empty. */
    public String line() {
        StringBuilder line = new StringBuilder(title);
        for (String part : new String[] {detail, action}) {
            if (!part.isEmpty()) {
                line.append(line.charAt(line.length() - 1) == '.' ? " " : ". ").append(part);
            }
        }
        return line.toString();
    }
}
