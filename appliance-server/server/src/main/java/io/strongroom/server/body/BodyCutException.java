package io.strongroom.server.body;

import java.io.IOException;

/** The body did not come to its end: the connection was cut, or the chunks are broken. */
public final class BodyCutException extends IOException {
    private static final long serialVersionUID = 1L;

    public BodyCutException(IOException cause) {
        super("the body did not come to its end", cause);
    }
}
