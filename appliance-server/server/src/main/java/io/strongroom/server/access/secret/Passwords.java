package io.strongroom.server.access.secret;

import io.strongroom.api.ProblemType;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes passwords and compares them, a few at a time: each takes 19 MiB, and strangers may make us do it. For any number
 * of threads, and only for such that may wait.
 */
@Singleton
public final class Passwords {
    private static final int AT_ONCE = 2;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final SecureRandom random;
    private final int memoryKib;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /** Compared where there is no account, so that an unknown name takes as long as a wrong password. */
    private final String nobodys;

    @Inject
    public Passwords(SecureRandom random) {
        this(random, Argon2.MEMORY_KIB);
    }

    /** With hashes that are as cheap to guess as they are to make; for tests, which make hundreds. */
    Passwords(SecureRandom random, int memoryKib) {
        this.random = random;
        this.memoryKib = memoryKib;
        byte[] unknown = new byte[16];
        random.nextBytes(unknown);
        this.nobodys =
                Argon2.hash(new String(unknown, java.nio.charset.StandardCharsets.ISO_8859_1), memoryKib, random);
    }

    /**
     * What is kept of a password.
     *
     * @throws ProblemException {@code overloaded} if it is nobody's turn for too long
     */
    public String hash(String password) {
        return inTurn(() -> Argon2.hash(PasswordRules.normal(password), memoryKib, random));
    }

    /** Whether a password is the one that {@link #hash} was given; throws as it does. */
    public boolean verify(String password, String stored) {
        return inTurn(() -> Argon2.verify(PasswordRules.normal(password), stored));
    }

    /** Takes as long as {@link #verify}, for an account that is not there. */
    public void verifyNobodys(String password) {
        boolean unused = verify(password, nobodys);
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw tooMany();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooMany();
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    private static ProblemException tooMany() {
        return new ProblemException(ProblemType.OVERLOADED, "Too many people are signing in at once.")
                .retryAfter(LONGEST_WAIT);
    }
}
