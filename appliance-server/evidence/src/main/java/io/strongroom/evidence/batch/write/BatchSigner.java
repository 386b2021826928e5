package io.strongroom.evidence.batch.write;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.batch.BatchAlgorithm;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;

/** A device's key that signs its batches: P-256, or Ed25519. It may stay where it is, such as in a hardware module. */
public final class BatchSigner {
    private static final int FIELD_BITS = 256;

    private final BatchAlgorithm algorithm;
    private final Digest keyId;
    private final PrivateKey privateKey;

    private BatchSigner(BatchAlgorithm algorithm, Digest keyId, PrivateKey privateKey) {
        this.algorithm = algorithm;
        this.keyId = keyId;
        this.privateKey = privateKey;
    }

    /**
     * @param privateKey signs
     * @param publicKey its public half, which the device's certificate holds
     * @throws IllegalArgumentException if the key is of another kind
     */
    public static BatchSigner of(PrivateKey privateKey, PublicKey publicKey) {
        return new BatchSigner(algorithm(publicKey), Digest.of(publicKey.getEncoded()), privateKey);
    }

    private static BatchAlgorithm algorithm(PublicKey key) {
        if (key instanceof ECPublicKey ec
                && ec.getParams().getCurve().getField().getFieldSize() == FIELD_BITS) {
            return BatchAlgorithm.ES256;
        }
        if (key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519")) {
            return BatchAlgorithm.EDDSA;
        }
        throw new IllegalArgumentException("a device's key is P-256 or Ed25519, not another of " + key.getAlgorithm());
    }

    BatchAlgorithm algorithm() {
        return algorithm;
    }

    /** The SHA-256 of the public key's SubjectPublicKeyInfo. */
    Digest keyId() {
        return keyId;
    }

    byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance(
                    switch (algorithm) {
                        case ES256 -> "SHA256withECDSAinP1363Format";
                        case EDDSA -> "Ed25519";
                    });
            signer.initSign(privateKey);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with the device's key " + keyId, e);
        }
    }
}
