package io.strongroom.server.devices;

import io.strongroom.evidence.Digest;
import io.strongroom.server.keys.WrappingKeys.Wrapped;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * An authority for devices' certificates, as it is kept.
 *
 * @param id counted from 1
 * @param wrapped its key, PKCS#8; null once it is retired
 * @param madeAt epoch milliseconds
 * @param retiredAt epoch milliseconds; null while it is trusted
 */
record Authority(
        int id,
        X509Certificate certificate,
        @Nullable Wrapped wrapped,
        String madeBy,
        long madeAt,
        @Nullable Long retiredAt) {

    boolean trusted() {
        return retiredAt == null;
    }

    /** SHA-256 of its SubjectPublicKeyInfo, by which clients pin it. */
    Digest fingerprint() {
        return Digest.of(certificate.getPublicKey().getEncoded());
    }
}
