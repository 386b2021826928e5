package io.strongroom.server.access;

/** Wants to know that a device is let in no more, to end the connections that it has. Every bean of this kind is told. */
@FunctionalInterface
public interface DeviceShutOut {

    /**
     * Called once nothing of the device's is let in any more on this node, on a thread that must not be held up.
     */
    void shutOut(String device);
}
