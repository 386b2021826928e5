package io.strongroom.server.ingest;

import io.strongroom.evidence.Digest;
import java.security.PublicKey;
import java.util.Optional;

/** The keys that devices were enrolled with, now or before a renewal. */
@FunctionalInterface
interface DeviceKeys {

    /** The device's key of that SHA-256 of its SubjectPublicKeyInfo; empty if the device never had it. */
    Optional<PublicKey> find(String device, Digest id);
}
