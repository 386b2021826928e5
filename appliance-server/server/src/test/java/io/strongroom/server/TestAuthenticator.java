package io.strongroom.server;

import io.strongroom.server.access.secret.Totp;
import org.awaitility.Awaitility;

/** An authenticator as people have it: it knows its secret as it was typed in. */
public final class TestAuthenticator {
    private static final long SOME_SECONDS_MILLIS = 5_000;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private TestAuthenticator() {}

    /** The step of now. */
    public static long step() {
        return Totp.step(System.currentTimeMillis());
    }

    /** The step before that of now, whose code counts for some seconds yet. */
    public static long stepBefore() {
        Awaitility.await().until(() -> Totp.step(System.currentTimeMillis() + SOME_SECONDS_MILLIS) == step());
        return step() - 1;
    }

    /** The code of a step, of which each counts once. */
    public static String code(String secret, long step) {
        byte[] bytes = new byte[secret.length() * 5 / 8];
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            int value = BASE32.indexOf(secret.charAt(bit / 5));
            if ((value >> (4 - bit % 5) & 1) == 1) {
                bytes[bit / 8] |= (byte) (0x80 >> bit % 8);
            }
        }
        return Totp.code(bytes, step);
    }
}
