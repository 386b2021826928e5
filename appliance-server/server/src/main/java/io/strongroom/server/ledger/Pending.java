package io.strongroom.server.ledger;

import io.strongroom.server.record.Draft;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A draft and the caller who waits for its outcome: one object for both, as there are many. */
final class Pending extends CompletableFuture<AppendOutcome> {
    final Draft draft;
    final int weight;

    /** With which others it must be in one group. */
    final @Nullable Whole whole;

    // The sequencer's thread alone; set once the record is committed.
    @Nullable
    Receipt receipt;

    Pending(Draft draft, @Nullable Whole whole) {
        this.draft = draft;
        this.weight = draft.weight();
        this.whole = whole;
    }
}
