package io.strongroom.server.privacy;

/** A ciphertext does not open under its own key: it, or what it is bound to, is not what was stored. */
public final class DisclosureDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DisclosureDamagedException(String message) {
        super(message);
    }

    public DisclosureDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
