package io.strongroom.server.ingest;

import java.io.IOException;

/** The connection ended before the body did: there is nobody left to answer. */
final class BodyCutException extends IOException {
    private static final long serialVersionUID = 1L;

    BodyCutException(IOException cause) {
        super("the connection ended before the body", cause);
    }
}
