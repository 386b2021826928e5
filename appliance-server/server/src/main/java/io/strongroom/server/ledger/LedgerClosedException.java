package io.strongroom.server.ledger;

/** The sequencer has stopped; whether the record was committed is for the next start to tell. */
public final class LedgerClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerClosedException(String message) {
        super(message);
    }

    public LedgerClosedException(String message, Throwable cause) {
        super(message, cause);
    }
}
