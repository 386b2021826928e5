package io.strongroom.server.ledger;

import io.strongroom.server.record.Draft;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The way into the ledger. */
public interface Ledger {

    /** As {@link #append(List, List)}, with no rows, and not necessarily in one group. */
    default List<CompletableFuture<AppendOutcome>> append(List<Draft> drafts) {
        return append(drafts, List.of());
    }

    /**
     * Hands drafts to the sequencer, which takes them in this order, and all in one group if rows come with them.
     *
     * <p>The rows are written in the transaction that writes the records, if every one of the drafts becomes a new record
     * there: if each outcome is {@link AppendOutcome.Appended}, they are as durable as the records are. If any draft was
     * known before, none of the rows is written, and what they would have said is for the caller to think over.
     *
     * <p>The futures complete after the commit; exceptionally with {@link LedgerClosedException} where the outcome is
     * not known or the sequencer has stopped, never with a guess.
     *
     * <p>What depends on a future directly runs on the sequencer's own thread: it must not block. Who has more to do
     * waits on a thread of its own, or uses the {@code …Async} methods.
     *
     * @param rows what is to be written with them
     * @return one future for each draft, in order
     * @throws IllegalArgumentException if a draft cannot stand in an entry, or there are more than fit in an empty queue
     * @throws QueueFullException if there is no room for all of them; then none was taken
     */
    List<CompletableFuture<AppendOutcome>> append(List<Draft> drafts, List<RidingRow> rows);
}
