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
     * <p>What depends on a future directly runs on the sequencer's own thread: it must not block. Who has more to do
     * waits on a thread of its own, or uses the {@code …Async} methods.
     *
     * @return one future for each draft, in order
     * @throws IllegalArgumentException if a draft cannot stand in an entry, or there are more than fit in an empty queue
     * @throws QueueFullException if there is no room for all of them; then none was taken
     */
    List<CompletableFuture<AppendOutcome>> append(List<Draft> drafts);
}
