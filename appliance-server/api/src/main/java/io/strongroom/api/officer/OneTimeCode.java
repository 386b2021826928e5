package io.strongroom.api.officer;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238) as every authenticator makes them: HMAC-SHA-1, steps of 30 seconds, six digits.
 * For whoever checks them, and for whoever is an authenticator: a demonstration, a test.
 */
public final class OneTimeCode {
    public static final int STEP_SECONDS = 30;
    public static final int DIGITS = 6;

    private static final int MODULUS = 1_000_000;
    private static final int BASE32_BITS = 5;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private OneTimeCode() {}

    /**
     * The step that a time falls into.
     *
     * @param millis epoch milliseconds
     */
    public static long step(long millis) {
        return Math.floorDiv(millis, STEP_SECONDS * 1000L);
    }

    /** The code of one step (RFC 4226 §5.3). */
    public static String of(byte[] secret, long step) {
        byte[] mac = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int offset = mac[mac.length - 1] & 0xf;
        int number = ByteBuffer.wrap(mac).getInt(offset) & Integer.MAX_VALUE;
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % MODULUS);
    }

    /** The same of a secret as it is typed ({@link #text}). */
    public static String of(String secret, long step) {
        byte[] bytes = new byte[secret.length() * BASE32_BITS / Byte.SIZE];
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            int value = BASE32.indexOf(secret.charAt(bit / BASE32_BITS));
            if ((value >> (BASE32_BITS - 1 - bit % BASE32_BITS) & 1) == 1) {
                bytes[bit / Byte.SIZE] |= (byte) (0x80 >> bit % Byte.SIZE);
            }
        }
        return of(bytes, step);
    }

    /** The secret as people type it into an authenticator: Base32 (RFC 4648 §6) without padding. */
    public static String text(byte[] secret) {
        StringBuilder text = new StringBuilder();
        long bits = 0;
        int held = 0;
        for (byte each : secret) {
            bits = bits << Byte.SIZE | each & 0xffL;
            held += Byte.SIZE;
            while (held >= BASE32_BITS) {
                held -= BASE32_BITS;
                text.append(BASE32.charAt((int) (bits >>> held & 31)));
            }
        }
        if (held > 0) {
            text.append(BASE32.charAt((int) (bits << (BASE32_BITS - held) & 31)));
        }
        return text.toString();
    }

    private static byte[] hmac(byte[] secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "raw"));
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-1", e);
        }
    }
}
