package io.strongroom.server.ledger;

/** No checkpoint could be made in time; what was acknowledged is safe, and it will be made when that is possible. */
public final class CheckpointUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CheckpointUnavailableException(String message) {
        super(message);
    }
}
