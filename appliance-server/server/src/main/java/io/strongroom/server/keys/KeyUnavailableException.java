package io.strongroom.server.keys;

/** The key that this needs is destroyed, or not here: what it wraps stays closed. */
public final class KeyUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeyUnavailableException(String message) {
        super(message);
    }

    public KeyUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
