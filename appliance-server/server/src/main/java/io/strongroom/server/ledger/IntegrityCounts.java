package io.strongroom.server.ledger;

import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import io.strongroom.server.metrics.Tally;
import jakarta.inject.Singleton;

/** How often stored bytes were read again here, of the ledger or of a pack, and what came of it. */
@Singleton
public final class IntegrityCounts implements MeterSource {
    private final Tally<Outcome> outcomes = new Tally<>(Outcome.class);

    /** What came of it. */
    private enum Outcome {
        VERIFIED,
        TAMPERED
    }

    /** One check, which found everything as it should be, or did not. */
    public void count(boolean verified) {
        outcomes.count(verified ? Outcome.VERIFIED : Outcome.TAMPERED);
    }

    @Override
    public void describe(Meters meters) {
        meters.counter(
                "strongroom_tamper_checks",
                "Ranges of the ledger and packs read again, by what was found.",
                "outcome",
                outcomes.byLabel());
    }
}
