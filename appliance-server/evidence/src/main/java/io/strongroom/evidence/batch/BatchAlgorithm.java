package io.strongroom.evidence.batch;

/** How a batch is signed, with its number in COSE (RFC 9053). Signatures of both have 64 bytes. */
public enum BatchAlgorithm {
    /** ECDSA over P-256 with SHA-256; r and s, 32 bytes each. */
    ES256(-7),
    /** Ed25519. */
    EDDSA(-8);

    private final int number;

    BatchAlgorithm(int number) {
        this.number = number;
    }

    /** The value of the header {@code alg}. */
    public int number() {
        return number;
    }
}
