package io.strongroom.console.real;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** RFC 6238, as an app on a telephone does it. */
public final class Totp {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int STEP_MILLIS = 30_000;

    private Totp() {}

    /** The code of now, or of so many half minutes after it: the appliance takes the one before and the one after, too. */
    public static String code(String secret, int steps) {
        return at(secret, step() + steps);
    }

    static long step() {
        return Math.floorDiv(System.currentTimeMillis(), STEP_MILLIS);
    }

    static String at(String secret, long step) {
        byte[] bytes = new byte[secret.length() * 5 / 8];
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            int value = BASE32.indexOf(secret.charAt(bit / 5));
            if ((value >> (4 - bit % 5) & 1) == 1) {
                bytes[bit / 8] |= (byte) (0x80 >> bit % 8);
            }
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(bytes, "raw"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%06d", number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
