package io.strongroom.server.access.secret;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238) as every authenticator makes them: HMAC-SHA-1, steps of 30 seconds, six digits.
 * One step before and after now is accepted (§5.2), each once.
 */
public final class Totp {
    /** 160 bits, as RFC 4226 §4 recommends. */
    public static final int SECRET_BYTES = 20;

    private static final int STEP_SECONDS = 30;
    private static final int DIGITS = 6;
    private static final int MODULUS = 1_000_000;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Totp() {}

    /**
     * The step that a code is of, if it is one that may be used now.
     *
     * @param lastStep the step of the last code that was used: this one and those before it are refused
     * @param nowMillis epoch milliseconds
     */
    public static OptionalLong accept(byte[] secret, String code, long lastStep, long nowMillis) {
        long now = step(nowMillis);
        OptionalLong found = OptionalLong.empty();
        byte[] given = code.getBytes(StandardCharsets.UTF_8);
        for (long step = now - 1; step <= now + 1; step++) {
            boolean same = MessageDigest.isEqual(code(secret, step).getBytes(StandardCharsets.UTF_8), given);
            if (same && step > lastStep) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** The step that a time falls into. */
    public static long step(long millis) {
        return Math.floorDiv(millis, STEP_SECONDS * 1000L);
    }

    /** The code of one step (RFC 4226 §5.3). */
    public static String code(byte[] secret, long step) {
        byte[] mac = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int offset = mac[mac.length - 1] & 0xf;
        int number = ByteBuffer.wrap(mac).getInt(offset) & Integer.MAX_VALUE;
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % MODULUS);
    }

    /** The secret as people type it into an authenticator: Base32 (RFC 4648 §6) without padding. */
    public static String text(byte[] secret) {
        StringBuilder text = new StringBuilder();
        long bits = 0;
        int held = 0;
        for (byte each : secret) {
            bits = bits << Byte.SIZE | each & 0xffL;
            held += Byte.SIZE;
            while (held >= 5) {
                held -= 5;
                text.append(BASE32.charAt((int) (bits >>> held & 31)));
            }
        }
        if (held > 0) {
            text.append(BASE32.charAt((int) (bits << (5 - held) & 31)));
        }
        return text.toString();
    }

    /** What an authenticator reads from a QR code. */
    public static String uri(byte[] secret, String appliance, String officer) {
        return "otpauth://totp/" + encoded(appliance) + ":" + encoded(officer) + "?secret=" + text(secret) + "&issuer="
                + encoded(appliance) + "&algorithm=SHA1&digits=" + DIGITS + "&period=" + STEP_SECONDS;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
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
