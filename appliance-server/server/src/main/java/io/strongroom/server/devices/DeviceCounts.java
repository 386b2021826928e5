package io.strongroom.server.devices;

import io.strongroom.server.access.DeviceShutOut;
import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import io.strongroom.server.metrics.Tally;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of devices. */
@Singleton
final class DeviceCounts implements MeterSource, DeviceShutOut {
    /** What can happen to one. */
    enum What {
        ENROLLED,
        WAITING,
        REFUSED,
        RENEWED,
        COPIED_KEY,
        /** A handshake with a certificate that is no device's, or has ended. */
        STRANGER,
        COMMAND_GIVEN,
        COMMAND_DONE,
        COMMAND_FAILED
    }

    private final Tally<What> tally = new Tally<>(What.class);
    private final LongAdder shutOut = new LongAdder();
    private final Provider<DeviceRegistry> registry;

    DeviceCounts(Provider<DeviceRegistry> registry) {
        this.registry = registry;
    }

    void count(What what) {
        tally.count(what);
    }

    @Override
    public void shutOut(String device) {
        shutOut.increment();
    }

    @Override
    public void describe(Meters meters) {
        Map<String, Long> states = new LinkedHashMap<>();
        registry.get()
                .byState()
                .forEach((state, count) -> states.put(state.name().toLowerCase(Locale.ROOT), count));
        meters.gauge("strongroom_devices", "Devices by how they stand.", "state", states)
                .counter(
                        "strongroom_device_events",
                        "Enrolments, renewals, what was refused of them, copied keys, strangers' certificates and commands,"
                                + " since the start.",
                        "event",
                        tally.byLabel())
                .counter(
                        "strongroom_devices_shut_out",
                        "Devices that were let in and are not any more, since the start.",
                        shutOut.sum());
    }
}
