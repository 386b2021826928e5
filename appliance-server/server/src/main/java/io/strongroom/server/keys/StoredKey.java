package io.strongroom.server.keys;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One key of the folder.
 *
 * @param generation from 1
 * @param from when it came into use, epoch milliseconds
 * @param until when it went out of use; null while it is in use
 * @param signing the key, for a use that signs; else null
 * @param secret the 32 bytes, for the other uses; else null
 */
record StoredKey(
        KeyUse use,
        int generation,
        State state,
        long from,
        @Nullable Long until,
        @Nullable SigningKey signing,
        @Nullable SecretKey secret) {
    static final int SECRET_BYTES = 32;

    private static final byte[] CHECK_TEXT = "strongroom key check v1".getBytes(StandardCharsets.US_ASCII);

    enum State {
        /** Made, and not yet announced in the ledger. */
        PENDING,
        ACTIVE,
        /** Only checks what it signed, or unwraps what it wrapped. */
        RETIRED
    }

    static StoredKey generate(KeyUse use, int generation, State state, long from, SecureRandom random) {
        SigningAlgorithm algorithm = use.algorithm();
        if (algorithm != null) {
            return new StoredKey(use, generation, state, from, null, SigningKey.generate(algorithm, random), null);
        }
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return new StoredKey(use, generation, state, from, null, null, new SecretKeySpec(bytes, "raw"));
    }

    /**
     * @throws IllegalArgumentException if the bytes are no key of this use
     */
    static StoredKey read(KeyUse use, int generation, State state, long from, @Nullable Long until, byte[] bytes) {
        if (use.algorithm() != null) {
            return new StoredKey(use, generation, state, from, until, SigningKey.ofPkcs8(bytes), null);
        }
        if (bytes.length != SECRET_BYTES) {
            throw new IllegalArgumentException("a secret has " + SECRET_BYTES + " bytes, not " + bytes.length);
        }
        return new StoredKey(use, generation, state, from, until, null, new SecretKeySpec(bytes, "raw"));
    }

    StoredKey with(State newState, long newFrom, @Nullable Long newUntil) {
        return new StoredKey(use, generation, newState, newFrom, newUntil, signing, secret);
    }

    String name() {
        return use.label() + "-" + generation;
    }

    /** PKCS#8 for a signing key, the bare bytes for a secret. */
    byte[] bytes() {
        return signing != null ? signing.pkcs8() : secretKey().getEncoded();
    }

    SigningKey signingKey() {
        if (signing == null) {
            throw new IllegalStateException(name() + " does not sign");
        }
        return signing;
    }

    SecretKey secretKey() {
        if (secret == null) {
            throw new IllegalStateException(name() + " is no secret");
        }
        return secret;
    }

    /** What tells this key from any other without giving it away. */
    String check() {
        if (signing != null) {
            return signing.verifyingKey().id().toString();
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secretKey());
            return Digest.of(mac.doFinal(CHECK_TEXT)).toString();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return name() + " " + state;
    }
}
