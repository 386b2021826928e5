package io.strongroom.server.privacy;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one data subject, or of one day where there is no subject.
 *
 * @param id names its row, and stands beside every ciphertext that it opens
 * @param extracted the pseudo-random key of HKDF-SHA-256 (RFC 5869 §2.2), from which each record's key is expanded: the
 *     same for all records, so it is made once
 */
record DataKey(long id, SecretKey extracted) {
    /** @param secret 32 bytes */
    static DataKey of(long id, byte[] secret) {
        try {
            return new DataKey(
                    id,
                    KDF.getInstance("HKDF-SHA256")
                            .deriveKey(
                                    "HKDF",
                                    HKDFParameterSpec.ofExtract()
                                            .addIKM(new SecretKeySpec(secret, "HKDF"))
                                            .extractOnly()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no HKDF-SHA256", e);
        }
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "DataKey[" + id + "]";
    }
}
