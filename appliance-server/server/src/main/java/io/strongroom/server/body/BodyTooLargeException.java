package io.strongroom.server.body;

import java.io.IOException;

/** A body holds more than it may, once decoded. */
public final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long limit) {
        super("the body has more than " + limit + " bytes");
    }
}
