package io.strongroom.evidence.key;

import io.strongroom.evidence.Digest;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** A public key that checks signatures: an algorithm and its raw key. Immutable; equality is by value. */
public final class VerifyingKey {
    private final SigningAlgorithm algorithm;
    private final byte[] raw;
    private final PublicKey publicKey;

    private VerifyingKey(SigningAlgorithm algorithm, byte[] raw, PublicKey publicKey) {
        this.algorithm = algorithm;
        this.raw = raw;
        this.publicKey = publicKey;
    }

    /**
     * A key of its raw bytes (RFC 8032: 32; FIPS 204: 1312).
     *
     * @throws IllegalArgumentException if the length is wrong, or the bytes are no safe key of the algorithm
     */
    public static VerifyingKey ofRaw(SigningAlgorithm algorithm, byte[] raw) {
        if (raw.length != algorithm.keyBytes()) {
            throw new IllegalArgumentException("a public key of " + algorithm.label() + " has " + algorithm.keyBytes()
                    + " bytes, not " + raw.length);
        }
        if (algorithm == SigningAlgorithm.ED25519 && !Ed25519Points.isStrict(raw, 0)) {
            throw new IllegalArgumentException("the Ed25519 key is a point of low order or not canonically encoded");
        }
        try {
            PublicKey key = KeyFactory.getInstance(algorithm.jdkName())
                    .generatePublic(new X509EncodedKeySpec(algorithm.spki(raw)));
            return new VerifyingKey(algorithm, raw.clone(), key);
        } catch (InvalidKeySpecException e) {
            throw new IllegalArgumentException("not a public key of " + algorithm.label(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no " + algorithm.jdkName(), e);
        }
    }

    /**
     * A key of its SubjectPublicKeyInfo in DER (RFC 8410, RFC 9881).
     *
     * @throws IllegalArgumentException if it is not one of an algorithm known here
     */
    public static VerifyingKey ofSpki(byte[] der) {
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            if (algorithm.isSpki(der)) {
                return ofRaw(algorithm, algorithm.rawOfSpki(der));
            }
        }
        throw new IllegalArgumentException("not the SubjectPublicKeyInfo of an Ed25519 or ML-DSA-44 key");
    }

    public SigningAlgorithm algorithm() {
        return algorithm;
    }

    /** A copy of the raw key. */
    public byte[] raw() {
        return raw.clone();
    }

    /** The SubjectPublicKeyInfo in DER. */
    public byte[] spki() {
        return algorithm.spki(raw);
    }

    /** The SHA-256 of {@link #spki()}: how packs and trust files name the key. */
    public Digest id() {
        return Digest.of(spki());
    }

    /** The key as PEM (RFC 7468), as {@code openssl pkeyutl -pubin} reads it. */
    public String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(spki())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** Whether {@code signature} is this key's over {@code message}; false for anything malformed. */
    public boolean verify(byte[] message, byte[] signature) {
        if (signature.length != algorithm.signatureBytes()) {
            return false;
        }
        if (algorithm == SigningAlgorithm.ED25519 && !Ed25519Points.isStrict(signature, 0)) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(algorithm.jdkName());
            verifier.initVerify(publicKey);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("the key was accepted, and now is not", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no " + algorithm.jdkName(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey that && algorithm == that.algorithm && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    @Override
    public String toString() {
        return algorithm.label() + " " + id();
    }
}
