package io.strongroom.evidence.approval;

import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.VerifyingKey;

/**
 * Somebody who may decide, with the key that was made on their own machine.
 *
 * @param key Ed25519
 */
public record Officer(PersonId id, VerifyingKey key) {
    /**
     * @throws IllegalArgumentException if the key is of another algorithm
     */
    public Officer {
        if (key.algorithm() != SigningAlgorithm.ED25519) {
            throw new IllegalArgumentException(
                    "an officer signs with Ed25519, not with " + key.algorithm().label());
        }
    }
}
