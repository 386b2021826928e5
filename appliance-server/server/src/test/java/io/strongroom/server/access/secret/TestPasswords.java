package io.strongroom.server.access.secret;

import java.security.SecureRandom;

/** Passwords as they are, but for the memory that each hash takes: a tenth of a second each, where there is no C2. */
public final class TestPasswords {
    private static final int MEMORY_KIB = 64;

    private TestPasswords() {}

    public static Passwords cheap() {
        return new Passwords(new SecureRandom(), MEMORY_KIB);
    }
}
