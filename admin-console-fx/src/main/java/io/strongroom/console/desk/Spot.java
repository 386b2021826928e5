package io.strongroom.console.desk;

import static java.util.Objects.requireNonNull;

import java.util.Collection;

/**
 * Where in the console one is: a screen, and what it shows there.
 *
 * @param screen its id
 * @param what in the screen's own words, such as a record's id; empty for the screen as it comes
 */
public record Spot(String screen, String what) {
    public Spot {
        requireNonNull(screen, "screen is null");
        requireNonNull(what, "what is null");
    }

    /** Where evidence packs are. */
    public static final String PACKS = "packs";

    /** What stands before the ids of records of which a pack is to be made. */
    public static final String OF_RECORDS = "of:";

    /** Where a pack of these records is made, at most 1,000: nothing is asked for before the officer seals it. */
    public static Spot packOf(Collection<String> recordIds) {
        return new Spot(PACKS, OF_RECORDS + String.join(",", recordIds));
    }

    /** A screen as it comes. */
    public static Spot of(String screen) {
        return new Spot(screen, "");
    }
}
