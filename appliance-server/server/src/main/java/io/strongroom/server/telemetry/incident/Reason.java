package io.strongroom.server.telemetry.incident;

import java.util.Locale;
import java.util.Optional;

/** Why an incident is closed. Words of one's own would get into the ledger for ever. */
enum Reason {
    /** Its rule saw that it is over, or that it has become worse, for which another incident was opened. */
    OVER,
    FIXED,
    FALSE_ALARM,
    ACCEPTED;

    /** As it stands in records. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What an officer may say. */
    static Optional<Reason> ofOfficer(String text) {
        for (Reason reason : new Reason[] {FIXED, FALSE_ALARM, ACCEPTED}) {
            if (reason.text().equals(text)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
