package io.strongroom.evidence.batch.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.batch.BatchAlgorithm;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.VerifyingKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** The public key of a device, which checks the signatures of its batches: P-256, or Ed25519. Immutable. */
public final class BatchKey {
    /** The SubjectPublicKeyInfo of a P-256 key (RFC 5480) up to its point, which is uncompressed. */
    private static final byte[] P256 =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private static final int COORDINATE_BYTES = 32;
    private static final BigInteger P =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
    private static final BigInteger B =
            new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final BatchAlgorithm algorithm;
    private final Digest id;
    private final Check check;

    private BatchKey(BatchAlgorithm algorithm, byte[] spki, Check check) {
        this.algorithm = algorithm;
        this.id = Digest.of(spki);
        this.check = check;
    }

    @FunctionalInterface
    private interface Check {
        boolean verify(byte[] message, byte[] signature);
    }

    /**
     * The key of its SubjectPublicKeyInfo in DER.
     *
     * @throws IllegalArgumentException if it is no safe key of either algorithm, in the one form of its encoding
     */
    public static BatchKey ofSpki(byte[] der) {
        if (der.length == P256.length + 2 * COORDINATE_BYTES
                && Arrays.equals(der, 0, P256.length, P256, 0, P256.length)) {
            PublicKey key = p256(der);
            return new BatchKey(BatchAlgorithm.ES256, der, (message, signature) -> ecdsa(key, message, signature));
        }
        VerifyingKey key = VerifyingKey.ofSpki(der);
        if (key.algorithm() != SigningAlgorithm.ED25519) {
            throw new IllegalArgumentException("a device's key is P-256 or Ed25519");
        }
        return new BatchKey(BatchAlgorithm.EDDSA, der, key::verify);
    }

    private static PublicKey p256(byte[] der) {
        BigInteger x = new BigInteger(1, der, P256.length, COORDINATE_BYTES);
        BigInteger y = new BigInteger(1, der, P256.length + COORDINATE_BYTES, COORDINATE_BYTES);
        boolean onCurve = x.compareTo(P) < 0
                && y.compareTo(P) < 0
                && y.multiply(y)
                        .mod(P)
                        .equals(x.multiply(x).subtract(THREE).multiply(x).add(B).mod(P));
        if (!onCurve) {
            throw new IllegalArgumentException("the key is no point of P-256");
        }
        try {
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
        } catch (InvalidKeySpecException e) {
            throw new IllegalArgumentException("not a key of P-256", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no elliptic curves", e);
        }
    }

    private static boolean ecdsa(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("the key was accepted, and now is not", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no ECDSA", e);
        }
    }

    /** What it verifies. */
    public BatchAlgorithm algorithm() {
        return algorithm;
    }

    /** The SHA-256 of its SubjectPublicKeyInfo: the header {@code kid} of its batches. */
    public Digest id() {
        return id;
    }

    /** Whether {@code signature} is this key's over {@code message}; false for anything malformed. */
    boolean verify(byte[] message, byte[] signature) {
        return signature.length == BatchLayout.SIGNATURE_BYTES && check.verify(message, signature);
    }

    @Override
    public String toString() {
        return algorithm + " " + id;
    }
}
