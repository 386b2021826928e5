package io.strongroom.server;

import io.strongroom.api.officer.OneTimeCode;
import org.awaitility.Awaitility;

/** An authenticator as people have it: it knows its secret as it was typed in. */
public final class TestAuthenticator {
    private static final long SOME_SECONDS_MILLIS = 5_000;

    private TestAuthenticator() {}

    /** The step of now. */
    public static long step() {
        return OneTimeCode.step(System.currentTimeMillis());
    }

    /** The step before that of now, whose code counts for some seconds yet. */
    public static long stepBefore() {
        Awaitility.await().until(() -> OneTimeCode.step(System.currentTimeMillis() + SOME_SECONDS_MILLIS) == step());
        return step() - 1;
    }

    /** The code of a step, of which each counts once. */
    public static String code(String secret, long step) {
        return OneTimeCode.of(secret, step);
    }
}
