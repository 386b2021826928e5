package io.strongroom.evidence.key;

import java.math.BigInteger;
import java.util.Set;

/**
 * Which encoded points a strict verifier takes, as a public key or as the first half of a signature.
 *
 * <p>RFC 8032 section 5.1.3 and FIPS 186-5 refuse encodings that are not canonical. Points of low order are refused
 * besides: under such a key one signature fits many messages.
 */
final class Ed25519Points {
    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

    /** The y coordinates of all points whose order divides eight. */
    private static final Set<BigInteger> LOW_ORDER = Set.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            P.subtract(BigInteger.ONE),
            new BigInteger("5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16),
            new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16));

    private Ed25519Points() {}

    /** Whether the 32 bytes from {@code offset} are a canonical y coordinate of a point that is not of low order. */
    static boolean isStrict(byte[] encoded, int offset) {
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = encoded[offset + 31 - i];
        }
        bigEndian[0] &= 0x7f;
        BigInteger y = new BigInteger(1, bigEndian);
        return y.compareTo(P) < 0 && !LOW_ORDER.contains(y);
    }
}
