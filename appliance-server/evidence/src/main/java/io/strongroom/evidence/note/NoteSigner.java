package io.strongroom.evidence.note;

import io.strongroom.evidence.key.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** Signs notes with one key under one name. Thread-safe. */
public final class NoteSigner {
    private final VerifierKey verifierKey;
    private final SigningKey signingKey;
    private final InstantSource clock;

    private NoteSigner(VerifierKey verifierKey, SigningKey signingKey, InstantSource clock) {
        this.verifierKey = verifierKey;
        this.signingKey = signingKey;
        this.clock = clock;
    }

    /**
     * A signer of this name and type.
     *
     * @param clock gives the time in a timestamped signature
     * @throws NoteException if the key is of another algorithm than the type's
     */
    public static NoteSigner of(String name, KeyType type, SigningKey key, InstantSource clock) {
        return new NoteSigner(VerifierKey.of(name, type, key.verifyingKey()), key, clock);
    }

    /** A log's plain Ed25519 signer, type 0x01. */
    public static NoteSigner ed25519(String name, SigningKey key) {
        return of(name, KeyType.ED25519, key, InstantSource.system());
    }

    /** An Ed25519 cosigner, type 0x04. */
    public static NoteSigner ed25519Cosigner(String name, SigningKey key, InstantSource clock) {
        return of(name, KeyType.ED25519_COSIGNATURE, key, clock);
    }

    /** An ML-DSA-44 cosigner, type 0x06. */
    public static NoteSigner mlDsa44(String name, SigningKey key, InstantSource clock) {
        return of(name, KeyType.ML_DSA_44_COSIGNATURE, key, clock);
    }

    public VerifierKey verifierKey() {
        return verifierKey;
    }

    public String name() {
        return verifierKey.name();
    }

    /**
     * Signs a note's text. A cosigner must have checked before that the tree is consistent with the largest that it has
     * seen, and have made that durable.
     *
     * @throws NoteException if the type is a cosignature and the text no checkpoint
     */
    public NoteSignature sign(String text) {
        if (!verifierKey.type().timestamped()) {
            return signature(signingKey.sign(text.getBytes(StandardCharsets.UTF_8)));
        }
        long timestamp = clock.instant().getEpochSecond();
        byte[] signature = signingKey.sign(Cosigned.message(verifierKey, timestamp, text));
        return signature(ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(timestamp)
                .put(signature)
                .array());
    }

    private NoteSignature signature(byte[] bytes) {
        return new NoteSignature(verifierKey.name(), verifierKey.keyId(), bytes);
    }
}
