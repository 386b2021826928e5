package io.strongroom.server.ingest;

import io.strongroom.api.LineStatus;
import io.strongroom.api.ProblemType;
import io.strongroom.server.metrics.Meters;
import io.strongroom.server.metrics.Tally;

/** What became of the records that were sent, one by one or in batches. */
final class IntakeCounts {
    private final Tally<LineStatus> outcomes = new Tally<>(LineStatus.class);

    void count(LineStatus outcome) {
        outcomes.count(outcome);
    }

    /** A record that was sent alone and refused. */
    void count(ProblemType problem) {
        outcomes.count(
                switch (problem) {
                    case TENANT_MISMATCH -> LineStatus.QUARANTINED;
                    case IDEMPOTENCY_CONFLICT -> LineStatus.CONFLICT;
                    case OVERLOADED,
                            QUOTA_EXCEEDED,
                            CLOCK_JUMP,
                            LEDGER_UNAVAILABLE,
                            STORAGE_UNAVAILABLE,
                            KEY_UNAVAILABLE -> LineStatus.RETRY;
                    default -> LineStatus.REJECTED;
                });
    }

    void describe(Meters meters) {
        meters.counter(
                "strongroom_ingest_records",
                "Records sent, by what became of them: conflict is an idempotency key used twice.",
                "outcome",
                outcomes.byLabel());
    }
}
