package io.strongroom.console.today;

import io.strongroom.console.desk.Spot;
import java.util.Comparator;

/**
 * Something that needs the officer.
 *
 * @param title what it is, in a line
 * @param detail since when, or why
 * @param spot where to do something about it
 */
record Need(Urgency urgency, Kind kind, String title, String detail, Spot spot) {
    /** The most urgent first; of one urgency in the order of kinds. */
    static final Comparator<Need> ORDER = Comparator.comparing(Need::urgency).thenComparing(Need::kind);

    /** How soon. */
    enum Urgency {
        NOW,
        SOON,
        TO_KNOW
    }

    /** What it is about. */
    enum Kind {
        APPLIANCE,
        INCIDENT,
        APPROVAL,
        DEVICE,
        PACK
    }
}
