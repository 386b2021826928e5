package io.strongroom.server.access;

import io.strongroom.evidence.Digest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Knows devices by their certificates. To be asked at each request or message, since a device can be cut off at any time. */
public interface DeviceIdentities {

    /**
     * Whose certificate this is, and how the device stands now. Never waits.
     *
     * @return empty if no device has it, it has ended, or its authority is trusted no more
     */
    Optional<DeviceIdentity> find(X509Certificate certificate);

    /**
     * Draws the consequence of a certificate that is not the current one: the next one counts from now on, and one that
     * was replaced locks its device. Durable when it returns. Whoever lets a device in calls this first.
     *
     * @return the device as it stands then
     * @throws io.strongroom.server.problem.ProblemException {@code device-locked} or {@code device-revoked}, if it must
     *     not be let in
     */
    DeviceIdentity admit(DeviceIdentity device);

    /**
     * A key that the device has, or once had, by the SHA-256 of its SubjectPublicKeyInfo: what it signed before a renewal
     * may come after it.
     */
    Optional<PublicKey> key(String device, Digest spki);
}
