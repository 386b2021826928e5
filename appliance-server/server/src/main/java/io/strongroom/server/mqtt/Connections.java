package io.strongroom.server.mqtt;

import io.strongroom.server.access.DeviceShutOut;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is connected, so that a device which is shut out can be disconnected. Closing the connection is enough, since the
 * broker keeps nothing of it; the broker's own call for this fails where a session is on its way out.
 */
@Singleton
final class Connections implements DeviceShutOut {
    private final Map<String, Set<DeviceHandler>> byDevice = new ConcurrentHashMap<>();

    /** From now on {@link #shutOut} ends the connection. Whoever adds it asks afterwards how the device stands. */
    void add(String device, DeviceHandler connection) {
        byDevice.compute(device, (id, all) -> {
            Set<DeviceHandler> with = all == null ? ConcurrentHashMap.newKeySet() : all;
            with.add(connection);
            return with;
        });
    }

    void remove(String device, DeviceHandler connection) {
        byDevice.computeIfPresent(device, (id, all) -> {
            all.remove(connection);
            return all.isEmpty() ? null : all;
        });
    }

    @Override
    public void shutOut(String device) {
        byDevice.getOrDefault(device, Set.of()).forEach(DeviceHandler::shutOut);
    }

    int size() {
        return byDevice.values().stream().mapToInt(Set::size).sum();
    }

    long stopped() {
        return byDevice.values().stream()
                .flatMap(Set::stream)
                .filter(DeviceHandler::isStopped)
                .count();
    }
}
