package io.strongroom.agent.send;

import io.strongroom.agent.queue.CutBatch;

/** Takes a batch to the appliance, whichever way. */
@FunctionalInterface
public interface Transport {
    /** Sends it, and waits for what comes back. */
    Reply send(CutBatch batch) throws InterruptedException;
}
