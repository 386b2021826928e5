package io.strongroom.server.telemetry;

import io.strongroom.server.access.DeviceState;
import io.strongroom.server.devices.KnownDevices;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Devices that were enrolled, and stand as active. */
public final class FakeDevices implements KnownDevices {
    private final List<String> ids;

    public FakeDevices(String... ids) {
        this.ids = Arrays.stream(ids).sorted().toList();
    }

    @Override
    public Optional<KnownDevice> find(String id) {
        return ids.contains(id) ? Optional.of(known(id)) : Optional.empty();
    }

    @Override
    public List<KnownDevice> after(String id, int most) {
        return ids.stream()
                .filter(each -> each.compareTo(id) > 0)
                .limit(most)
                .map(FakeDevices::known)
                .toList();
    }

    private static KnownDevice known(String id) {
        return new KnownDevice(id, "label of " + id, "default", DeviceState.ACTIVE, 0, 0);
    }
}
