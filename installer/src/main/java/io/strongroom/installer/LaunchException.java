package io.strongroom.installer;

/** A command cannot go on; the message says why and what to do, for a person. */
public final class LaunchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LaunchException(String message) {
        super(message);
    }

    public LaunchException(String message, Throwable cause) {
        super(message, cause);
    }
}
