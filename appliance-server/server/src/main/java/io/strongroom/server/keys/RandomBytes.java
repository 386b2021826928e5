package io.strongroom.server.keys;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Cryptographic random bytes, drawn from the generator in bulk: asked for 26 bytes at a time it costs more than the rest
 * of a record.
 */
public final class RandomBytes implements RandomGenerator {
    private static final int POOL_BYTES = 8192;

    private final SecureRandom generator;

    /** Guarded by this; bytes before {@link #used} have been given away and are zero. */
    private final byte[] pool = new byte[POOL_BYTES];

    private int used = POOL_BYTES;

    public RandomBytes(SecureRandom generator) {
        this.generator = generator;
    }

    /** A new array of {@code count} random bytes. */
    public byte[] next(int count) {
        byte[] bytes = new byte[count];
        nextBytes(bytes);
        return bytes;
    }

    /** Fills {@code target}. No byte is ever given twice. */
    @Override
    public synchronized void nextBytes(byte[] target) {
        if (target.length > POOL_BYTES) {
            generator.nextBytes(target);
            return;
        }
        if (used + target.length > POOL_BYTES) {
            generator.nextBytes(pool);
            used = 0;
        }
        System.arraycopy(pool, used, target, 0, target.length);
        Arrays.fill(pool, used, used + target.length, (byte) 0);
        used += target.length;
    }

    @Override
    public long nextLong() {
        return ByteBuffer.wrap(next(Long.BYTES)).getLong();
    }
}
