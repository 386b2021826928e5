package io.strongroom.server.ingest;

import io.strongroom.api.ProblemType;
import io.strongroom.server.access.Caller;
import java.io.IOException;

/** What intake hands to the guard: documents of another tenant, and refusals that are themselves recorded (design §3). */
public interface IntakeGuard {

    /**
     * Sets a document aside that names another tenant than its sender's.
     *
     * @param document its canonical bytes
     * @return the reference under which an officer finds it; durable when this returns
     * @throws IOException if it cannot be kept; then the caller must send it again
     */
    String quarantine(Caller caller, byte[] document) throws IOException;

    /**
     * Notes that a line of a batch was refused to this caller: not for its form, but for what it asked for. A whole
     * request that is refused is noted by the gateway.
     */
    void refusedLine(Caller caller, ProblemType why);
}
