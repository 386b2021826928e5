package io.strongroom.server.privacy;

import javax.crypto.SecretKey;

/**
 * The key of one data subject, or of one day where there is no subject.
 *
 * @param id names its row, and stands beside every ciphertext that it opens
 * @param secret 32 bytes, from which each record's key is derived
 */
record DataKey(long id, SecretKey secret) {
    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "DataKey[" + id + "]";
    }
}
