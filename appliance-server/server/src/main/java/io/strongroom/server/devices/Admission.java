package io.strongroom.server.devices;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.DeviceIdentities;
import io.strongroom.server.access.DeviceIdentity;
import io.strongroom.server.access.DeviceIdentity.Use;
import io.strongroom.server.access.DeviceState;
import io.strongroom.server.database.Database;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets devices in. A new generation counts from its first use on; from then on whoever shows the one before has a copy of
 * the key, or the device does while a thief has renewed it: nobody can tell which, so the device is locked (design §4).
 */
@Singleton
final class Admission implements DeviceIdentities {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    static final String DEVICE = "Device";
    static final String COPIED = "copied-key";

    private final Database database;
    private final DeviceRegistry registry;
    private final Changes changes;
    private final DeviceCounts counts;

    Admission(Database database, DeviceRegistry registry, Changes changes, DeviceCounts counts) {
        this.database = database;
        this.registry = registry;
        this.changes = changes;
        this.counts = counts;
    }

    @Override
    public Optional<DeviceIdentity> find(X509Certificate certificate) {
        return registry.find(certificate);
    }

    @Override
    public DeviceIdentity admit(DeviceIdentity device) {
        requireActive(device.state());
        return switch (device.use()) {
            case CURRENT -> device;
            case NEXT -> use(device);
            case REPLACED -> {
                lock(device);
                throw locked();
            }
        };
    }

    /** @throws ProblemException {@code device-locked} or {@code device-revoked} */
    static void requireActive(DeviceState state) {
        switch (state) {
            case ACTIVE -> {}
            case LOCKED -> throw locked();
            case PENDING, REVOKED, REFUSED ->
                throw new ProblemException(ProblemType.DEVICE_REVOKED, "The device's identity is revoked.");
        }
    }

    private static ProblemException locked() {
        return new ProblemException(ProblemType.DEVICE_LOCKED, "The device is locked until an officer decides.");
    }

    private DeviceIdentity use(DeviceIdentity device) {
        DeviceState state = changes.make(change -> {
            DeviceRow row = DeviceRow.find(change.connection(), device.id()).orElseThrow();
            boolean dropped = CertificateRow.find(change.connection(), device.id(), device.generation())
                    .filter(now -> now.fingerprint().equals(device.fingerprint()))
                    .isEmpty();
            if (row.state() != DeviceState.ACTIVE || row.generation() == device.generation() && !dropped) {
                return row.state();
            }
            if (dropped || row.generation() > device.generation()) {
                // Another came in between.
                lock(change, device);
                return DeviceState.LOCKED;
            }
            DeviceRow.use(change, device.id(), device.generation());
            CertificateRow.use(change, device.fingerprint());
            changes.record(
                    DEVICE,
                    device.id(),
                    "Device.GenerationUsed",
                    DEVICE,
                    device.id(),
                    Map.of(
                            "generation", device.generation(),
                            "certificate", "sha256:" + device.fingerprint(),
                            "key", Digest.of(device.key().getEncoded()).toString(),
                            "until", Rfc3339.format(device.until())));
            return DeviceState.ACTIVE;
        });
        requireActive(state);
        return new DeviceIdentity(
                device.id(),
                device.group(),
                state,
                device.generation(),
                Use.CURRENT,
                device.fingerprint(),
                device.key(),
                device.until(),
                device.renewAt());
    }

    private void lock(DeviceIdentity device) {
        var unused = changes.make(change -> {
            DeviceRow row = DeviceRow.find(change.connection(), device.id()).orElseThrow();
            if (row.state() == DeviceState.ACTIVE) {
                lock(change, device);
            }
            return row.id();
        });
    }

    private void lock(Change change, DeviceIdentity device) throws SQLException {
        DeviceRow.move(change, device.id(), DeviceState.LOCKED, COPIED, "strongroom");
        changes.record(
                DEVICE,
                device.id(),
                "Device.Locked",
                DEVICE,
                device.id(),
                Map.of(
                        "because",
                        COPIED,
                        "generation",
                        device.generation(),
                        "certificate",
                        "sha256:" + device.fingerprint()));
        counts.count(DeviceCounts.What.COPIED_KEY);
        LOG.warn("device {} showed a certificate that was replaced, and is locked: its key was copied", device.id());
    }

    @Override
    public Optional<PublicKey> key(String device, Digest spki) {
        return database.read(connection -> CertificateRow.ofDevice(connection, device)).stream()
                .filter(row -> row.droppedAt() == null)
                .map(row -> row.certificate().getPublicKey())
                .filter(key -> Digest.of(key.getEncoded()).equals(spki))
                .findFirst();
    }
}
