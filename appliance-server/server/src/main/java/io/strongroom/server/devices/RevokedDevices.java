package io.strongroom.server.devices;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.DeviceIdentity;
import io.strongroom.server.access.DeviceState;
import io.strongroom.server.database.Database;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Devices that are let in no more, on whose behalf an officer takes in what they had not sent. */
@Singleton
public final class RevokedDevices {
    /** How far a device's clock may have been from ours. */
    private static final Duration SKEW = Duration.ofDays(1);

    private final Database database;
    private final Changes changes;
    private final String tenant;

    RevokedDevices(Database database, Changes changes, Installation installation) {
        this.database = database;
        this.changes = changes;
        this.tenant = installation.tenant().value();
    }

    /**
     * The device as it would have sent itself.
     *
     * @param key SHA-256 of the SubjectPublicKeyInfo of the key that signed
     * @param signedAt epoch milliseconds, as the device says
     * @throws ProblemException {@code not-found}; {@code device-conflict} if it is not revoked; {@code batch-signature} if no
     *     certificate of it had that key at that time
     */
    public Caller sender(String device, Digest key, long signedAt) {
        return database.read(connection -> {
            DeviceRow row = DeviceRow.find(connection, device)
                    .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no device of this id."));
            if (row.state() != DeviceState.REVOKED) {
                throw new ProblemException(
                        ProblemType.DEVICE_CONFLICT, "The device is not revoked, so it sends for itself.");
            }
            List<CertificateRow> certificates = CertificateRow.ofDevice(connection, device);
            CertificateRow signing = certificates.stream()
                    .filter(each -> each.droppedAt() == null)
                    .filter(each -> Digest.of(each.certificate().getPublicKey().getEncoded())
                            .equals(key))
                    .filter(each -> each.issuedAt() - SKEW.toMillis() <= signedAt
                            && signedAt <= each.endsAt() + SKEW.toMillis())
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.BATCH_SIGNATURE,
                            "No certificate of the device had the key of the batch when it says that it was signed."));
            return new Caller(
                    new DeviceIdentity(
                            device,
                            row.group(),
                            row.state(),
                            signing.generation(),
                            DeviceIdentity.Use.CURRENT,
                            signing.fingerprint(),
                            signing.certificate().getPublicKey(),
                            signing.endsAt(),
                            signing.renewAt()),
                    tenant);
        });
    }

    /** Records that an officer takes something in. Durable when this returns. */
    public void recordImport(Caller officer, String device, Map<String, Object> attributes) {
        changes.record(officer, "Device.QueueImported", Admission.DEVICE, device, attributes);
    }
}
