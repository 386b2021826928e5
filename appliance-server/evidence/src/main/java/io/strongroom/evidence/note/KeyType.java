package io.strongroom.evidence.note;

import io.strongroom.evidence.key.SigningAlgorithm;

/** The signature types of C2SP signed-note that are known here. */
public enum KeyType {
    /** Ed25519 over the note's text: every checkpoint of a log. */
    ED25519(0x01, SigningAlgorithm.ED25519, false),
    /** Timestamped Ed25519 cosignature (tlog-cosignature): a witness. */
    ED25519_COSIGNATURE(0x04, SigningAlgorithm.ED25519, true),
    /** Timestamped ML-DSA-44 cosignature of a tree or subtree (tlog-cosignature). */
    ML_DSA_44_COSIGNATURE(0x06, SigningAlgorithm.ML_DSA_44, true);

    private final int code;
    private final SigningAlgorithm algorithm;
    private final boolean timestamped;

    KeyType(int code, SigningAlgorithm algorithm, boolean timestamped) {
        this.code = code;
        this.algorithm = algorithm;
        this.timestamped = timestamped;
    }

    /** The signature type's identifier byte. */
    public int code() {
        return code;
    }

    public SigningAlgorithm algorithm() {
        return algorithm;
    }

    /** Whether the signature begins with the time at which it was made, 8 bytes of POSIX seconds. */
    public boolean timestamped() {
        return timestamped;
    }

    /** Length of the signature in a note, without the key id, in bytes. */
    public int signatureBytes() {
        return algorithm.signatureBytes() + (timestamped ? Long.BYTES : 0);
    }

    static KeyType ofCode(int code) {
        for (KeyType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new NoteException("unknown signature type 0x%02x; known: 0x01, 0x04, 0x06".formatted(code));
    }
}
