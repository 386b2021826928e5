package io.strongroom.server.ledger;

import org.jspecify.annotations.Nullable;

/** The sequencer has stopped; whether the record was committed is for the next start, or a repetition, to tell. */
public final class LedgerClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why nothing is taken. */
    public enum Reason {
        /** The process ends. */
        STOPPED,
        /** The clock made a step: an operator must confirm it. Drafts that waited were not committed. */
        CLOCK_JUMP
    }

    private final Reason reason;

    public LedgerClosedException(String message) {
        this(Reason.STOPPED, message, null);
    }

    public LedgerClosedException(String message, @Nullable Throwable cause) {
        this(Reason.STOPPED, message, cause);
    }

    public LedgerClosedException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** The same once more, for another caller: with that caller's stack. */
    LedgerClosedException again() {
        return new LedgerClosedException(reason, String.valueOf(getMessage()), this);
    }

    public Reason reason() {
        return reason;
    }
}
