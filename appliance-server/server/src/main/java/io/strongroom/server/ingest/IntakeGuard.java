package io.strongroom.server.ingest;

import io.strongroom.api.ProblemType;

/**
 * What intake hands to the guard: documents of another tenant, and what became of lines in a batch that the guard
 * records itself (design §3). A whole request that is refused is noted by the gateway.
 */
public interface IntakeGuard {

    /**
     * Sets a document aside that names another tenant than its sender's. Durable when this returns.
     *
     * @param document its canonical bytes
     * @return the reference under which an officer finds it
     */
    String quarantine(Sender sender, byte[] document);

    /**
     * Notes what became of a line of a batch; called once a batch for each outcome, and for each line in quarantine.
     *
     * @param evidenceRef where the line is kept; empty if it is not
     */
    void note(Sender sender, ProblemType outcome, String evidenceRef);
}
