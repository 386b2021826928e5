package io.strongroom.agent.identity;

import java.util.Locale;

/** One of the two places for a key and its certificate: one in use, one on its way. */
enum Slot {
    A,
    B;

    Slot other() {
        return this == A ? B : A;
    }

    /** The beginning of the names of its files. */
    String fileName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
