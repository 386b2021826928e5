package io.strongroom.agent.send;

/** Takes a batch to the appliance, whichever way. */
@FunctionalInterface
public interface Transport {
    /** Sends it, and waits for what comes back. */
    Reply send(byte[] frame) throws InterruptedException;
}
