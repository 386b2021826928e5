package io.strongroom.server.devices;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.DeviceIdentity;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * Gives devices the certificate of their next generation. It counts from its first use on; until then the same request
 * gets the same certificate, and one with another key drops it: the device may have lost the key that it asked for.
 */
@Singleton
final class Renewal {
    /** So that a copied key cannot fill the table. */
    static final int MOST_UNUSED = 8;

    private final Changes changes;
    private final Issuing issuing;
    private final KeyHolders keys;
    private final DeviceCounts counts;

    Renewal(Changes changes, Issuing issuing, KeyHolders keys, DeviceCounts counts) {
        this.changes = changes;
        this.issuing = issuing;
        this.keys = keys;
        this.counts = counts;
    }

    /**
     * Renews.
     *
     * @param caller a device that was let in with its current certificate
     * @throws ProblemException {@code device-locked}, {@code device-revoked}, {@code device-conflict} or {@code key-in-use}
     */
    X509Certificate renew(Caller caller, SigningRequest request) {
        DeviceIdentity device = caller.device().orElseThrow();
        return changes.make(change -> renew(change, caller, device, request));
    }

    private X509Certificate renew(Change change, Caller caller, DeviceIdentity shown, SigningRequest request)
            throws SQLException {
        DeviceRow device = DeviceRow.find(change.connection(), shown.id()).orElseThrow();
        Admission.requireActive(device.state());
        if (device.generation() != shown.generation()) {
            throw conflict("Another certificate of the device has begun to count meanwhile.");
        }
        int next = device.generation() + 1;
        Optional<CertificateRow> made = issuing.made(change, device.id(), next, request);
        if (made.isPresent()) {
            return made.get().certificate();
        }
        long unused = CertificateRow.ofDevice(change.connection(), device.id()).stream()
                .filter(row -> row.generation() == next)
                .count();
        if (unused >= MOST_UNUSED) {
            throw conflict("It has asked for " + unused + " and used none. Use the last, or have an officer look.");
        }
        keys.give(change, caller.type(), caller.id(), device.id(), request);
        CertificateRow row = issuing.issue(change, device.id(), next, request);
        changes.record(
                caller,
                "Device.Renewed",
                Admission.DEVICE,
                device.id(),
                Map.of(
                        "generation",
                        next,
                        "certificate",
                        "sha256:" + row.fingerprint(),
                        "key",
                        Digest.of(request.spki()).toString(),
                        "until",
                        Rfc3339.format(row.endsAt())));
        counts.count(DeviceCounts.What.RENEWED);
        return row.certificate();
    }

    private static ProblemException conflict(String why) {
        return new ProblemException(ProblemType.DEVICE_CONFLICT, "The certificate is not renewed. " + why);
    }
}
