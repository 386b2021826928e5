package io.strongroom.server.ledger;

import io.strongroom.api.ProblemType;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.SystemRecords;
import io.strongroom.server.record.SystemRecords.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Writes what the appliance did or saw into its own ledger, for those who go on only once that is durable. For any
 * number of threads.
 */
@Singleton
public final class SystemTrail {
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final SystemRecords records;
    private final Ledger ledger;

    public SystemTrail(SystemRecords records, Ledger ledger) {
        this.records = records;
        this.ledger = ledger;
    }

    /**
     * Records an event and returns once it is durable.
     *
     * @param stream e.g. {@code system.keys}
     * @param otherwise what is not done if it cannot be recorded: a sentence for the caller
     * @throws ProblemException {@code ledger-unavailable} if it is not known to be durable
     * @throws QueueFullException if there is no room for it
     * @throws LedgerClosedException if the ledger has stopped
     */
    public void tell(String stream, Event event, String otherwise) {
        await(begin(stream, List.of(event)), otherwise);
    }

    /** Hands events to the ledger, in this order; {@link #await} waits for the last, before which the others are durable. */
    public CompletableFuture<AppendOutcome> begin(String stream, List<Event> events) {
        List<Draft> drafts =
                events.stream().map(event -> records.draft(stream, event)).toList();
        return ledger.append(drafts).getLast();
    }

    /** Waits until what was begun is durable; throws as {@link #tell} does. */
    public void await(CompletableFuture<AppendOutcome> begun, String otherwise) {
        try {
            var unused = begun.get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(otherwise, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LedgerClosedException closed) {
                throw closed;
            }
            throw unavailable(otherwise, e);
        } catch (TimeoutException e) {
            throw unavailable(otherwise, e);
        }
    }

    private static ProblemException unavailable(String otherwise, Exception cause) {
        return new ProblemException(ProblemType.LEDGER_UNAVAILABLE, otherwise, cause).retryAfter(WAIT);
    }
}
