package io.strongroom.evidence.pack.verify;

import org.jspecify.annotations.Nullable;

/**
 * The first place at which a pack does not hold.
 *
 * @param file its path in the pack; null where it is the pack as a whole
 * @param place the one in the ledger; null where it is none, or not known
 * @param fork whether the log contradicts itself: then the pack is worth keeping for what it proves of the log
 */
public record Failure(@Nullable String file, @Nullable Long place, String expected, String found, boolean fork) {
    Failure(@Nullable String file, @Nullable Long place, String expected, String found) {
        this(file, place, expected, found, false);
    }

    static Failure of(@Nullable String file, String expected, String found) {
        return new Failure(file, null, expected, found);
    }
}
