package io.strongroom.console.rules;

/** Something about the rules on this machine that cannot be done, and why, for an officer. */
public final class RulesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RulesException(String message) {
        super(message);
    }

    public RulesException(String message, Throwable cause) {
        super(message, cause);
    }
}
