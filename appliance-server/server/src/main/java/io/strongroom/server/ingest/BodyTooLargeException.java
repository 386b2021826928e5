package io.strongroom.server.ingest;

import java.io.IOException;

/** A body holds more than it may, once decoded. */
final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long limit) {
        super("the body has more than " + limit + " bytes");
    }
}
