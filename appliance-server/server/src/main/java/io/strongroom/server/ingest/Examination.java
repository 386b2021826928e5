package io.strongroom.server.ingest;

import io.strongroom.api.Problem;
import io.strongroom.server.record.Draft;
import java.time.Duration;

/** What intake makes of one document. Nothing has been stored yet, whichever it is. */
sealed interface Examination {

    /** It may go to the ledger. */
    record Accepted(Draft draft) implements Examination {}

    /** It may not. */
    record Refused(Problem problem) implements Examination {}

    /** It may not now; the same document may later. */
    record PutOff(Problem problem, Duration retryAfter) implements Examination {}

    /**
     * It names another tenant than its sender's, and goes to quarantine.
     *
     * @param document its canonical bytes
     */
    record Misdirected(byte[] document) implements Examination {}
}
