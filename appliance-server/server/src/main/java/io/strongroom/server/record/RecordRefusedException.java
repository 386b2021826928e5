package io.strongroom.server.record;

/** The policy in force does not let this record in. The message says why, for its sender. */
public final class RecordRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RecordRefusedException(String message) {
        super(message, null, false, false);
    }
}
