package io.strongroom.console.desk;

import static java.util.Objects.requireNonNull;

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

    /** A screen as it comes. */
    public static Spot of(String screen) {
        return new Spot(screen, "");
    }
}
