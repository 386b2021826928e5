package io.strongroom.evidence.key;

import java.util.Arrays;
import java.util.HexFormat;

/** The two signature algorithms, with the fixed DER around their raw keys. */
public enum SigningAlgorithm {
    /** RFC 8032; keys in the form of RFC 8410. */
    ED25519("ed25519", "Ed25519", 32, 64, "302a300506032b6570032100", "302e020100300506032b657004220420"),
    /** FIPS 204, pure, empty context; keys in the form of RFC 9881, private keys as their seed. */
    ML_DSA_44(
            "ml-dsa-44",
            "ML-DSA-44",
            1312,
            2420,
            "30820532300b06096086480165030403110382052100",
            "3034020100300b060960864801650304031104228020");

    /** Length of a seed in bytes, for both algorithms. */
    public static final int SEED_BYTES = 32;

    private final String label;
    private final String jdkName;
    private final int keyBytes;
    private final int signatureBytes;
    private final byte[] spkiPrefix;
    private final byte[] pkcs8Prefix;

    SigningAlgorithm(
            String label, String jdkName, int keyBytes, int signatureBytes, String spkiPrefix, String pkcs8Prefix) {
        this.label = label;
        this.jdkName = jdkName;
        this.keyBytes = keyBytes;
        this.signatureBytes = signatureBytes;
        this.spkiPrefix = HexFormat.of().parseHex(spkiPrefix);
        this.pkcs8Prefix = HexFormat.of().parseHex(pkcs8Prefix);
    }

    /** The name in trust files and manifests: {@code ed25519} or {@code ml-dsa-44}. */
    public String label() {
        return label;
    }

    /** The name in {@code java.security}. */
    String jdkName() {
        return jdkName;
    }

    /** Length of a raw public key in bytes. */
    public int keyBytes() {
        return keyBytes;
    }

    /** Length of a signature in bytes. */
    public int signatureBytes() {
        return signatureBytes;
    }

    /** The algorithm of this label. */
    public static SigningAlgorithm ofLabel(String label) {
        for (SigningAlgorithm algorithm : values()) {
            if (algorithm.label.equals(label)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("unknown signature algorithm " + label + "; known: ed25519, ml-dsa-44");
    }

    byte[] spki(byte[] rawKey) {
        return join(spkiPrefix, rawKey);
    }

    byte[] pkcs8(byte[] seed) {
        return join(pkcs8Prefix, seed);
    }

    boolean isSpki(byte[] der) {
        return hasPrefix(der, spkiPrefix, keyBytes);
    }

    boolean isPkcs8(byte[] der) {
        return hasPrefix(der, pkcs8Prefix, SEED_BYTES);
    }

    byte[] rawOfSpki(byte[] der) {
        return Arrays.copyOfRange(der, spkiPrefix.length, der.length);
    }

    byte[] seedOfPkcs8(byte[] der) {
        return Arrays.copyOfRange(der, pkcs8Prefix.length, der.length);
    }

    private static boolean hasPrefix(byte[] der, byte[] prefix, int rest) {
        return der.length == prefix.length + rest && Arrays.equals(der, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] join(byte[] prefix, byte[] rest) {
        byte[] joined = Arrays.copyOf(prefix, prefix.length + rest.length);
        System.arraycopy(rest, 0, joined, prefix.length, rest.length);
        return joined;
    }
}
