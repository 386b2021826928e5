package io.strongroom.server.ledger;

import io.strongroom.server.record.Draft;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The way into the ledger. */
public interface Ledger {

    /**
     * Hands drafts to the sequencer, which takes them in this order, though not necessarily in one group.
     *
     * <p>The futures complete after the commit; exceptionally with {@link LedgerClosedException} where the outcome is
     * not known or the sequencer has stopped, never with a guess.
     *
     * @return one future for each draft, in order
     * @throws QueueFullException if there is no room for all of them; then none was taken
     */
    List<CompletableFuture<AppendOutcome>> append(List<Draft> drafts);
}
