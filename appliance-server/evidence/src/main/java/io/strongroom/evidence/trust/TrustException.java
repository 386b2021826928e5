package io.strongroom.evidence.trust;

import java.io.Serial;

/** A trust file that is malformed; the message names the line. */
public final class TrustException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public TrustException(int line, String reason, Throwable cause) {
        super("trust file, line " + line + ": " + reason, cause);
    }

    public TrustException(String reason) {
        super("trust file: " + reason);
    }
}
