package io.strongroom.evidence.pack.verify;

import org.jspecify.annotations.Nullable;

/**
 * The first place at which a pack does not hold.
 *
 * @param file its path in the pack; null where it is the pack as a whole
 * @param place the one in the ledger; null where it is none, or not known
 */
public record Failure(@Nullable String file, @Nullable Long place, String expected, String found) {
    static Failure of(@Nullable String file, String expected, String found) {
        return new Failure(file, null, expected, found);
    }
}
