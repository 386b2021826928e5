package io.strongroom.server.telemetry;

import io.strongroom.server.access.DeviceState;
import io.strongroom.server.devices.KnownDevices;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Devices that were enrolled, and stand as active. */
public final class FakeDevices implements KnownDevices {
    private final NavigableSet<String> ids;

    public FakeDevices(String... ids) {
        this.ids = new TreeSet<>(List.of(ids));
    }

    @Override
    public Optional<KnownDevice> find(String id) {
        return ids.contains(id) ? Optional.of(known(id)) : Optional.empty();
    }

    @Override
    public List<KnownDevice> after(String id, int most) {
        return ids.tailSet(id, false).stream()
                .limit(most)
                .map(FakeDevices::known)
                .toList();
    }

    private static KnownDevice known(String id) {
        return new KnownDevice(id, "label of " + id, "default", DeviceState.ACTIVE, 0, 0);
    }
}
