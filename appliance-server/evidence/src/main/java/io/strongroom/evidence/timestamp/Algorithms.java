package io.strongroom.evidence.timestamp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The algorithms that a token may sign with: SHA-2, and RSA (PKCS #1 v1.5) or ECDSA with it. */
final class Algorithms {
    static final String SHA_256 = "2.16.840.1.101.3.4.2.1";

    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final Map<String, String> DIGESTS =
            Map.of(SHA_256, "SHA-256", "2.16.840.1.101.3.4.2.2", "SHA-384", "2.16.840.1.101.3.4.2.3", "SHA-512");
    private static final Map<String, String> SIGNATURES = Map.of(
            "1.2.840.113549.1.1.11", "SHA256withRSA",
            "1.2.840.113549.1.1.12", "SHA384withRSA",
            "1.2.840.113549.1.1.13", "SHA512withRSA",
            "1.2.840.10045.4.3.2", "SHA256withECDSA",
            "1.2.840.10045.4.3.3", "SHA384withECDSA",
            "1.2.840.10045.4.3.4", "SHA512withECDSA");

    private Algorithms() {}

    /** The digest under an algorithm, which must be SHA-2. */
    static byte[] digest(String oid, byte[] message) {
        return digestBy(digestName(oid), message);
    }

    private static String digestName(String oid) {
        String name = DIGESTS.get(oid);
        if (name == null) {
            throw new TimeStampException("the digest algorithm " + oid + " is not SHA-256, SHA-384 or SHA-512");
        }
        return name;
    }

    /** Only to compare with what a stronger digest covers already. */
    static byte[] sha1(byte[] message) {
        return digestBy("SHA-1", message);
    }

    private static byte[] digestBy(String name, byte[] message) {
        try {
            return MessageDigest.getInstance(name).digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no " + name, e);
        }
    }

    /** The name in {@code java.security} of a signature algorithm, which must go with the digest algorithm. */
    static String signature(String oid, String digestOid) {
        String digest = digestName(digestOid).replace("-", "");
        @Nullable String name = oid.equals(RSA) ? digest + "withRSA" : SIGNATURES.get(oid);
        if (name == null || !name.startsWith(digest)) {
            throw new TimeStampException("the signature algorithm " + oid
                    + " is not RSA (PKCS #1 v1.5) or ECDSA with the digest algorithm " + digestOid);
        }
        return name;
    }
}
