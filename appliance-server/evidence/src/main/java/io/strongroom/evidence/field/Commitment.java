package io.strongroom.evidence.field;

import org.jspecify.annotations.Nullable;

/**
 * One field that a record commits to, and what is known of it.
 *
 * @param digest as it stands in the record's {@code _sd}
 * @param verdict what is known
 * @param disclosure the field, if it is {@link Verdict#PRESENT}
 */
public record Commitment(
        String digest, Verdict verdict, @Nullable Disclosure disclosure) {
    /** What is known of a committed field. */
    public enum Verdict {
        /** Its disclosure is here and matches. */
        PRESENT,
        /** No disclosure of it is here. */
        WITHHELD,
        /** An erasure record in the ledger names its digest. */
        ERASED
    }
}
