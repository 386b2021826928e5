package io.strongroom.server.record;

import org.jspecify.annotations.Nullable;

/**
 * What makes a repetition recognisable (formats §3): the key in its scope, and a MAC of the document that it came with.
 *
 * @param high first 8 bytes of the 16-byte key
 * @param low last 8 bytes of the 16-byte key. For a key made of a sequence this is the sequence itself, so that the
 *     index grows at its right edge
 * @param mac HMAC-SHA-256 of the canonical document as received, 32 bytes, under the installation's key
 * @param counts whether it is made of a sequence, as those of the same first half are
 */
public record IdempotencyKey(long high, long low, byte[] mac, boolean counts) implements Comparable<IdempotencyKey> {

    /** One that is not known to be made of a sequence. */
    public IdempotencyKey(long high, long low, byte[] mac) {
        this(high, low, mac, false);
    }

    @Override
    public int compareTo(IdempotencyKey that) {
        int byHigh = Long.compareUnsigned(high, that.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, that.low);
    }

    /** Equal keys name the same request; whether the documents agree is for {@link #mac} to say. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IdempotencyKey that && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high * 31 + low);
    }
}
