package io.strongroom.server.devices;

/** Another way down to devices than their long poll. Every bean of this kind is told of each new command. */
@FunctionalInterface
public interface CommandCourier {

    /** Passes a command to the device if it is connected; if not, or if it is lost, the device asks for it. Never waits. */
    void deliver(String device, byte[] command);
}
