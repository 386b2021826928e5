package io.strongroom.server;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.Ledger;
import io.strongroom.server.ledger.Receipt;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Stands in until the sequencer is wired. */
@Factory
final class LedgerInMemory {
    @Singleton
    @Requires(missingBeans = Ledger.class)
    Ledger ledger() {
        List<Object> drafts = new ArrayList<>();
        return batch -> batch.stream()
                .map(draft -> {
                    synchronized (drafts) {
                        drafts.add(draft);
                        return CompletableFuture.<AppendOutcome>completedFuture(
                                new AppendOutcome.Appended(new Receipt(draft.id(), drafts.size() - 1, draft.digest())));
                    }
                })
                .toList();
    }
}
