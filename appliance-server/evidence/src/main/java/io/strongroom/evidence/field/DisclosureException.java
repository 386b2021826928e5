package io.strongroom.evidence.field;

/** Disclosures that do not belong to the record they came with. */
public final class DisclosureException extends RuntimeException {
    /** Why they are refused. */
    public enum Reason {
        /** A disclosure is not in its one form. */
        MALFORMED,
        /** Two disclosures have one pointer, or one's pointer lies inside another's. */
        OVERLAPPING,
        /** The record has a value where the disclosure points. */
        ALREADY_IN_RECORD,
        /** The record has no object that could hold the member pointed to. */
        NO_PLACE_IN_RECORD,
        /** No digest of the record's {@code _sd} is the disclosure's. */
        NO_DIGEST,
        /** The record's {@code _sd} is not a sorted array of distinct digests. */
        BAD_DIGESTS
    }

    private final Reason reason;

    DisclosureException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why they are refused. */
    public Reason reason() {
        return reason;
    }
}
