package io.strongroom.server.devices;

import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.evidence.note.KeyType;
import io.strongroom.evidence.note.VerifierKey;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys by which devices cosign checkpoints, under the name of their device. Never waits. */
@Singleton
public final class DeviceWitnesses {
    private final DeviceRegistry registry;

    DeviceWitnesses(DeviceRegistry registry) {
        this.registry = registry;
    }

    /** The key of a device; empty if it has bound none. */
    public Optional<VerifierKey> key(String device) {
        return Optional.ofNullable(registry.device(device)).flatMap(DeviceWitnesses::key);
    }

    /** Those of all devices that ever bound one, in the order of their ids. */
    public List<VerifierKey> all() {
        return registry.devices().stream()
                .sorted(Comparator.comparing(DeviceRow::id))
                .flatMap(device -> key(device).stream())
                .toList();
    }

    private static Optional<VerifierKey> key(DeviceRow device) {
        byte @Nullable [] spki = device.witnessKey();
        return spki == null
                ? Optional.empty()
                : Optional.of(VerifierKey.of(device.id(), KeyType.ED25519_COSIGNATURE, VerifyingKey.ofSpki(spki)));
    }
}
