package io.strongroom.server.packs;

import java.io.IOException;

/** The disk has no room for a pack; what was written of it is gone. */
final class SpoolFullException extends IOException {
    private static final long serialVersionUID = 1L;

    SpoolFullException(String message) {
        super(message);
    }
}
