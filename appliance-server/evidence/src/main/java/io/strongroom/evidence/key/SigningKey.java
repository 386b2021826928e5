package io.strongroom.evidence.key;

import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * A private key that signs, with its public half.
 *
 * <p>Made from a 32-byte seed, from which both halves follow (RFC 8032 section 5.1.5, FIPS 204 algorithm 1), or around
 * a key that stays where it is, such as one of a hardware module. ML-DSA signatures are randomised: signing twice gives
 * two signatures. Never prints its secret.
 */
public final class SigningKey {
    private final PrivateKey privateKey;
    private final VerifyingKey verifyingKey;
    private final byte @Nullable [] seed;

    private SigningKey(PrivateKey privateKey, VerifyingKey verifyingKey, byte @Nullable [] seed) {
        this.privateKey = privateKey;
        this.verifyingKey = verifyingKey;
        this.seed = seed;
    }

    /** A new key, its seed drawn from {@code random}. */
    public static SigningKey generate(SigningAlgorithm algorithm, SecureRandom random) {
        byte[] seed = new byte[SigningAlgorithm.SEED_BYTES];
        random.nextBytes(seed);
        return ofSeed(algorithm, seed);
    }

    /**
     * The key of a 32-byte seed.
     *
     * @throws IllegalArgumentException if the seed has another length
     */
    public static SigningKey ofSeed(SigningAlgorithm algorithm, byte[] seed) {
        if (seed.length != SigningAlgorithm.SEED_BYTES) {
            throw new IllegalArgumentException(
                    "a seed has " + SigningAlgorithm.SEED_BYTES + " bytes, not " + seed.length);
        }
        try {
            // Both generators draw exactly the seed from their source of randomness, and nothing else.
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.jdkName());
            generator.initialize(parameters(algorithm), new Seed(seed));
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey(
                    pair.getPrivate(), VerifyingKey.ofSpki(pair.getPublic().getEncoded()), seed.clone());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no " + algorithm.jdkName(), e);
        }
    }

    /**
     * The key of its PKCS#8 form in DER, as {@link #pkcs8()} writes it: a seed (RFC 8410, RFC 9881).
     *
     * @throws IllegalArgumentException if it is not one of these
     */
    public static SigningKey ofPkcs8(byte[] der) {
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            if (algorithm.isPkcs8(der)) {
                return ofSeed(algorithm, algorithm.seedOfPkcs8(der));
            }
        }
        throw new IllegalArgumentException("not the PKCS#8 seed of an Ed25519 or ML-DSA-44 key");
    }

    /** A key that may never leave its provider. */
    public static SigningKey of(PrivateKey privateKey, VerifyingKey verifyingKey) {
        return new SigningKey(privateKey, verifyingKey, null);
    }

    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    public SigningAlgorithm algorithm() {
        return verifyingKey.algorithm();
    }

    /**
     * The secret in PKCS#8 DER; the caller keeps it safe.
     *
     * @throws IllegalStateException if the key stays with its provider
     */
    public byte[] pkcs8() {
        if (seed == null) {
            throw new IllegalStateException("this key does not leave its provider");
        }
        return algorithm().pkcs8(seed);
    }

    /** Signs; a failure means that the key's provider is gone or refuses. */
    public byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance(algorithm().jdkName());
            signer.initSign(privateKey);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with the key " + verifyingKey, e);
        }
    }

    @Override
    public String toString() {
        return "private key of " + verifyingKey;
    }

    private static NamedParameterSpec parameters(SigningAlgorithm algorithm) {
        return new NamedParameterSpec(algorithm.jdkName());
    }

    /** Hands out the seed once. */
    private static final class Seed extends SecureRandom {
        @Serial
        private static final long serialVersionUID = 1;

        private final byte[] seed;
        private boolean drawn;

        Seed(byte[] seed) {
            super(null, null);
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] target) {
            if (drawn || target.length != seed.length) {
                throw new IllegalStateException("the key generator draws other randomness than one seed");
            }
            drawn = true;
            System.arraycopy(seed, 0, target, 0, seed.length);
        }
    }
}
