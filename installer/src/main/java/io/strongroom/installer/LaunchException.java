package io.strongroom.installer;

/** A command cannot go on; the message says why and what to do, for a person. */
public final class LaunchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    public LaunchException(String message) {
        this(message, 1);
    }

    /** @param exitCode what the command ends with, as a server that it ran did */
    LaunchException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    public LaunchException(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = 1;
    }

    /** What the command ends with; not 0. */
    int exitCode() {
        return exitCode;
    }
}
