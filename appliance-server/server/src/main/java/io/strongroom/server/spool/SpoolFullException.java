package io.strongroom.server.spool;

import java.io.IOException;

/** The disk has no room for a file; what was written of it is gone. */
public final class SpoolFullException extends IOException {
    private static final long serialVersionUID = 1L;

    SpoolFullException(String message) {
        super(message);
    }
}
