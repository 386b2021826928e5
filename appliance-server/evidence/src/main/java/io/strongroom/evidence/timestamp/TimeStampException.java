package io.strongroom.evidence.timestamp;

import java.io.Serial;

/** A time-stamp token or a root that is malformed, or a token that does not prove what it should. */
public final class TimeStampException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    TimeStampException(String message) {
        super(message);
    }

    TimeStampException(String message, Throwable cause) {
        super(message, cause);
    }
}
