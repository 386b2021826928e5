package io.strongroom.server.ledger;

/** Another writer has moved the head or raised the epoch; the transaction was rolled back. */
final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FencedException(Head expected) {
        super("the ledger's head is not at size " + expected.size() + " under writer " + expected.epoch()
                + " any more");
    }
}
