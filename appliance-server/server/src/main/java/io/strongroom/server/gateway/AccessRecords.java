package io.strongroom.server.gateway;

import io.strongroom.api.ProblemType;
import io.strongroom.server.access.Caller;
import io.strongroom.server.ledger.AppendOutcome;
import io.strongroom.server.ledger.Ledger;
import io.strongroom.server.ledger.LedgerClosedException;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.record.SystemRecords;
import io.strongroom.server.record.SystemRecords.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes who read records into {@code system.access}, before they see the first byte (design §3). */
@Singleton
public final class AccessRecords {
    private static final String STREAM = "system.access";
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final SystemRecords records;
    private final Ledger ledger;
    private final InstantSource clock;

    public AccessRecords(SystemRecords records, Ledger ledger, InstantSource clock) {
        this.records = records;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What one request read.
     *
     * @param action e.g. {@code Records.Queried}, {@code Pack.Downloaded}
     * @param resourceType e.g. {@code Query}, {@code Pack}
     * @param resourceId names it, without personal data
     * @param attributes how it was asked for: the request's id, counts, the names of filters, never their values
     */
    public record Reading(String action, String resourceType, String resourceId, Map<String, Object> attributes) {
        public Reading {
            attributes = Map.copyOf(attributes);
        }
    }

    /**
     * Records a reading. Returns once the record is durable; only then may anything be sent.
     *
     * @throws ProblemException {@code ledger-unavailable} if that cannot be said
     */
    public void read(Caller caller, Reading reading) {
        Event event = new Event(
                clock.millis(),
                reading.action(),
                "success",
                "ServiceToken",
                caller.id(),
                reading.resourceType(),
                reading.resourceId(),
                reading.attributes());
        CompletableFuture<AppendOutcome> outcome =
                ledger.append(List.of(records.draft(STREAM, event))).getFirst();
        try {
            outcome.get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unrecorded(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LedgerClosedException closed) {
                throw closed;
            }
            throw unrecorded(e);
        } catch (TimeoutException e) {
            throw unrecorded(e);
        }
    }

    private static ProblemException unrecorded(Exception cause) {
        return new ProblemException(
                        ProblemType.LEDGER_UNAVAILABLE,
                        "That somebody read could not be recorded, so nothing is shown.",
                        cause)
                .retryAfter(WAIT);
    }
}
