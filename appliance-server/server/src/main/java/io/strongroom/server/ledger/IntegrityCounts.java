package io.strongroom.server.ledger;

import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import io.strongroom.server.metrics.Tally;
import jakarta.inject.Singleton;

/** How often stored bytes were read again here, and what came of it. */
@Singleton
final class IntegrityCounts implements MeterSource {
    private final Tally<Outcome> outcomes = new Tally<>(Outcome.class);

    /** What came of it. */
    enum Outcome {
        VERIFIED,
        TAMPERED
    }

    void count(Outcome outcome) {
        outcomes.count(outcome);
    }

    @Override
    public void describe(Meters meters) {
        meters.counter(
                "strongroom_tamper_checks",
                "Ranges of the ledger read again, by what was found.",
                "outcome",
                outcomes.byLabel());
    }
}
