package io.strongroom.agent.identity;

/** Something about the device's identity that only a person can mend; the message says how. */
public final class IdentityException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public IdentityException(String message) {
        super(message);
    }

    public IdentityException(String message, Throwable cause) {
        super(message, cause);
    }
}
