package io.strongroom.server.packs;

import java.io.IOException;

/** A pack is no longer wanted: it was cancelled, or the appliance stops and makes it again at its next start. */
final class ExportStoppedException extends IOException {
    private static final long serialVersionUID = 1L;

    ExportStoppedException(String message) {
        super(message);
    }
}
