package io.strongroom.agent.witness;

import org.jspecify.annotations.Nullable;

/**
 * What the appliance shows cannot be the log that was seen before.
 *
 * @param rule which of the constants
 * @param detail for people
 * @param kept the newest checkpoint that was found sound, as a note; null if there was none
 * @param shown what was shown, as a note, or as it came if it is none
 */
record Contradiction(String rule, String detail, @Nullable String kept, String shown) {
    /** Two histories. */
    static final String FORK = "log-fork";

    /** An older state of the log than was seen before. */
    static final String ROLLBACK = "log-rollback";

    /** No key signed it that is known, or that a known one announces. */
    static final String SIGNATURE = "log-signature";

    /** Another log. */
    static final String REPLACED = "log-replaced";
}
