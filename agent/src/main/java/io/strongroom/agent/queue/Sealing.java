package io.strongroom.agent.queue;

import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.batch.write.BatchSigner;

/** Under whose name, by which key, and at what time a batch is signed. Asked for each batch anew: keys are renewed. */
public interface Sealing {
    SourceId device();

    BatchSigner signer();

    /** The wall clock, in seconds since 1970, as it is. */
    long sentAt();

    /** Which start of the machine this is. */
    String boot();

    /** Milliseconds since that start, whatever becomes of the wall clock. */
    long monotonicMillis();
}
