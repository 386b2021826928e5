package io.strongroom.server.ledger;

import java.time.Duration;

/** The sequencer's queue has no room: nothing was taken, and the caller should come again. */
public final class QueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public QueueFullException(Duration retryAfter) {
        super("the ledger's queue is full; try again in " + retryAfter.toMillis() + " ms");
        this.retryAfter = retryAfter;
    }

    /** How long to wait before the next try. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
