package io.strongroom.server.ingest;

import io.strongroom.api.LineResult;
import io.strongroom.server.ledger.AppendOutcome;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A line of a batch, from its reading to its result. Guarded by the batch's lock until it is settled or appended. */
final class BatchLine {
    final int number;
    private @Nullable LineResult result;
    private @Nullable CompletableFuture<AppendOutcome> outcome;

    BatchLine(int number) {
        this.number = number;
    }

    /** What became of it, if that is known without the ledger. */
    @Nullable
    LineResult result() {
        return result;
    }

    void settle(LineResult known) {
        this.result = known;
    }

    /** What the ledger will say; null while the line is still gathering. */
    @Nullable
    CompletableFuture<AppendOutcome> outcome() {
        return outcome;
    }

    void appended(CompletableFuture<AppendOutcome> pending) {
        this.outcome = pending;
    }
}
