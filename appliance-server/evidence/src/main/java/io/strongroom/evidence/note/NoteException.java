package io.strongroom.evidence.note;

import java.io.Serial;

/** A note, key, checkpoint or proof file that is malformed, or that its signatures do not carry. */
public final class NoteException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public NoteException(String message) {
        super(message);
    }

    public NoteException(String message, Throwable cause) {
        super(message, cause);
    }
}
