package io.strongroom.server.devices;

import jakarta.inject.Singleton;
import java.util.OptionalInt;

/** On which port the broker listens, for devices to be told; set by the broker, since slices know one another one way only. */
@Singleton
public final class MqttDoor {
    private volatile OptionalInt port = OptionalInt.empty();

    /** It listens there from now on. */
    public void open(int at) {
        port = OptionalInt.of(at);
    }

    /** Empty while there is no broker. */
    OptionalInt port() {
        return port;
    }
}
