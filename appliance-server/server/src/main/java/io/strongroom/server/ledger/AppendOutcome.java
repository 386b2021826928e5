package io.strongroom.server.ledger;

/** What became of a draft. Each is told only after the transaction that decided it has committed. */
public sealed interface AppendOutcome {

    /** The record is in the ledger. */
    record Appended(Receipt receipt) implements AppendOutcome {}

    /** The same key came before with the same document: the first's receipt. */
    record Replayed(Receipt receipt) implements AppendOutcome {}

    /** The same key came before with another document. The MACs are 32 bytes each. */
    record Conflict(Receipt first, byte[] firstMac, byte[] thisMac) implements AppendOutcome {}
}
