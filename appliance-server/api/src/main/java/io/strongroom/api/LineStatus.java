package io.strongroom.api;

import java.util.Locale;
import java.util.Optional;

/** What became of one line of a batch. */
public enum LineStatus {
    /** It stands in the ledger now. */
    APPENDED,
    /** It stood there already, under the same key and with the same content. */
    REPLAYED,
    /** Its key was used for another document. */
    CONFLICT,
    /** It is not acceptable as it is; the problem says why. */
    REJECTED,
    /** It was set aside for an officer to look at. */
    QUARANTINED,
    /** It was not taken this time; send it again, under the same key. */
    RETRY;

    /** Whether the record is in the ledger. */
    public boolean acknowledged() {
        return this == APPENDED || this == REPLAYED;
    }

    /** The name on the wire, in lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of that name. */
    public static Optional<LineStatus> ofWire(String name) {
        for (LineStatus status : values()) {
            if (status.wire().equals(name)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
