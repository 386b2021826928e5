package io.strongroom.server.ingest;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.RecordId;
import java.util.List;
import java.util.Set;

/**
 * What intake hands to the guard: documents of another tenant, and what became of lines in a batch that the guard
 * records itself (design §3). A whole request that is refused is noted by the gateway.
 */
public interface IntakeGuard {
    /** Refusals that say something about the sender, not about the document's form. */
    Set<ProblemType> NOTED = Set.of(
            ProblemType.MISSING_TENANT,
            ProblemType.RESERVED_STREAM,
            ProblemType.SOURCE_NOT_ALLOWED,
            ProblemType.POLICY_DENIED,
            ProblemType.QUOTA_EXCEEDED,
            ProblemType.IDEMPOTENCY_REQUIRED);

    /**
     * Sets a document aside that names another tenant than its sender's. Durable when this returns.
     *
     * @param document its canonical bytes
     * @return the reference under which an officer finds it
     */
    String quarantine(Sender sender, byte[] document);

    /**
     * Sets lines of a device batch aside that became no records. Durable when this returns; lines that were set aside
     * before are not set aside again.
     */
    void quarantine(Sender sender, List<RefusedLine> lines);

    /**
     * A line that became no record.
     *
     * @param id the same however often the line comes
     * @param bytes the line as the device signed it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record RefusedLine(RecordId id, ProblemType reason, byte[] bytes) {}

    /**
     * Notes what became of a line of a batch; called once a batch for each outcome, and for each line in quarantine.
     *
     * @param evidenceRef where the line is kept; empty if it is not
     */
    void note(Sender sender, ProblemType outcome, String evidenceRef);
}
