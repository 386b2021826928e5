package io.strongroom.api.officer;

import org.jspecify.annotations.Nullable;

/** A key of this machine cannot be used; the message says why, and what to do. */
public final class OfficerKeyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OfficerKeyException(String message) {
        super(message);
    }

    OfficerKeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
