package io.strongroom.server.access.secret;

import io.strongroom.api.officer.OneTimeCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.OptionalLong;

/** The second factor: codes of an authenticator. One step before and after now is accepted (RFC 6238 §5.2), each once. */
public final class Totp {
    /** 160 bits, as RFC 4226 §4 recommends. */
    public static final int SECRET_BYTES = 20;

    private Totp() {}

    /**
     * The step that a code is of, if it is one that may be used now.
     *
     * @param lastStep the step of the last code that was used: this one and those before it are refused
     * @param nowMillis epoch milliseconds
     */
    public static OptionalLong accept(byte[] secret, String code, long lastStep, long nowMillis) {
        long now = OneTimeCode.step(nowMillis);
        OptionalLong found = OptionalLong.empty();
        byte[] given = code.getBytes(StandardCharsets.UTF_8);
        for (long step = now - 1; step <= now + 1; step++) {
            boolean same = MessageDigest.isEqual(OneTimeCode.of(secret, step).getBytes(StandardCharsets.UTF_8), given);
            if (same && step > lastStep) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** What an authenticator reads from a QR code. */
    public static String uri(byte[] secret, String appliance, String officer) {
        return "otpauth://totp/" + encoded(appliance) + ":" + encoded(officer) + "?secret=" + OneTimeCode.text(secret)
                + "&issuer=" + encoded(appliance) + "&algorithm=SHA1&digits=" + OneTimeCode.DIGITS + "&period="
                + OneTimeCode.STEP_SECONDS;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
