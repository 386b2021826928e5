package io.strongroom.server.ledger;

/** What is stored is not what was committed. Never repaired, never hidden: an operator must look. */
public final class LedgerDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerDamagedException(String message) {
        super(message);
    }
}
