package io.strongroom.server.keys;

import io.strongroom.evidence.key.SigningAlgorithm;
import org.jspecify.annotations.Nullable;

/** What a key is for. Each has a file of its own for each of its generations. */
enum KeyUse {
    LOG_ED25519("log-ed25519", SigningAlgorithm.ED25519, true),
    LOG_ML_DSA("log-ml-dsa-44", SigningAlgorithm.ML_DSA_44, true),
    PACK_ED25519("pack-ed25519", SigningAlgorithm.ED25519, true),
    PACK_ML_DSA("pack-ml-dsa-44", SigningAlgorithm.ML_DSA_44, true),
    /** Wraps data keys. */
    KEK("kek", null, true),
    /** Makes the MACs by which repeated documents are told apart. */
    IDEMPOTENCY("idempotency", null, false),
    /** Signs cursors. */
    CURSOR("cursor", null, false);

    private final String label;
    private final @Nullable SigningAlgorithm algorithm;
    private final boolean rotates;

    KeyUse(String label, @Nullable SigningAlgorithm algorithm, boolean rotates) {
        this.label = label;
        this.algorithm = algorithm;
        this.rotates = rotates;
    }

    String label() {
        return label;
    }

    /** Null for a secret of 32 bytes. */
    @Nullable
    SigningAlgorithm algorithm() {
        return algorithm;
    }

    /** Whether a rotation makes a new one of these. */
    boolean rotates() {
        return rotates;
    }

    static KeyUse ofLabel(String label) {
        for (KeyUse use : values()) {
            if (use.label.equals(label)) {
                return use;
            }
        }
        throw new IllegalArgumentException("unknown key use " + label);
    }
}
