package io.strongroom.evidence.batch.verify;

import java.io.Serial;

/** A batch that is malformed, too large, or that its signature or its digests do not carry. */
public final class BatchException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Fault fault;

    BatchException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /** What is wrong, by what its sender can do about it. */
    public enum Fault {
        /** It is not a batch in its one form. */
        MALFORMED,
        /** A limit is passed. */
        TOO_LARGE,
        /** It is not signed by the key. */
        SIGNATURE,
        /** The lines are not those whose digests are signed. */
        LINES
    }

    public Fault fault() {
        return fault;
    }

    static BatchException malformed(String message) {
        return new BatchException(Fault.MALFORMED, message);
    }
}
