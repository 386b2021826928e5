package io.strongroom.server.projection;

import java.util.Arrays;

/** A growing buffer of integers: of variable length, seven bits a byte, lowest first, or of a fixed one. */
final class Varints {
    private byte[] bytes;
    private int size;

    Varints(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void put(long value) {
        if (bytes.length - size < 10) {
            grow(10);
        }
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A signed value: small ones of either sign are short. */
    void putSigned(long value) {
        put(value << 1 ^ value >> 63);
    }

    void put(byte[] more) {
        if (bytes.length - size < more.length) {
            grow(more.length);
        }
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    /** The lowest {@code count} bytes of {@code value} as they are, lowest first. */
    void putFixed(long value, int count) {
        if (bytes.length - size < count) {
            grow(count);
        }
        for (int i = 0; i < count; i++) {
            bytes[size++] = (byte) (value >>> 8 * i);
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void grow(int room) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + room));
    }

    /** Reads what {@link Varints} wrote. */
    static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasMore() {
            return at < bytes.length;
        }

        long next() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte b = bytes[at++];
                value |= (b & 0x7fL) << shift;
                if (b >= 0) {
                    return value;
                }
            }
        }

        /** Passes over a value. */
        void pass() {
            while (bytes[at++] < 0) {
                // Not its last byte.
            }
        }

        long nextSigned() {
            long value = next();
            return value >>> 1 ^ -(value & 1);
        }

        int nextInt() {
            return Math.toIntExact(next());
        }

        /** What {@link Varints#putFixed} wrote, without a sign. */
        long nextFixed(int count) {
            long value = 0;
            for (int i = 0; i < count; i++) {
                value |= (bytes[at++] & 0xffL) << 8 * i;
            }
            return value;
        }

        /** Where the next {@code count} bytes begin, which are passed over. */
        int skip(int count) {
            int here = at;
            at += count;
            return here;
        }
    }
}
