package io.strongroom.server.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer, big-endian, that is cleared and used again. */
final class PackedBytes {
    private byte[] bytes;
    private int length;

    PackedBytes(int capacity) {
        this.bytes = new byte[capacity];
    }

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    /** The buffer itself; what is in it changes with the next call. */
    byte[] array() {
        return bytes;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Drops what comes after the first {@code count} bytes. */
    void keep(int count) {
        length = count;
    }

    /** Makes room for {@code count} more and gives the place where they begin. */
    int reserve(int count) {
        int start = length;
        if (bytes.length - start < count) {
            bytes = Arrays.copyOf(bytes, Math.max(start + count, bytes.length + (bytes.length >> 1)));
        }
        length = start + count;
        return start;
    }

    PackedBytes u8(int value) {
        int at = reserve(1);
        bytes[at] = (byte) value;
        return this;
    }

    PackedBytes u16(int value) {
        int at = reserve(2);
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
        return this;
    }

    PackedBytes i32(int value) {
        int at = reserve(4);
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
        return this;
    }

    PackedBytes i64(long value) {
        i32((int) (value >>> 32));
        return i32((int) value);
    }

    PackedBytes put(byte[] source) {
        return put(source, 0, source.length);
    }

    PackedBytes put(byte[] source, int offset, int count) {
        int at = reserve(count);
        System.arraycopy(source, offset, bytes, at, count);
        return this;
    }

    /** Seven bits a byte, lowest first, the high bit set on all but the last. */
    PackedBytes varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            u8((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        return u8((int) rest);
    }

    /** A signed number as a varint: small magnitudes are short. */
    PackedBytes signed(long value) {
        return varint(value << 1 ^ value >> 63);
    }

    PackedBytes text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return varint(utf8.length).put(utf8);
    }

    static long varint(ByteBuffer source) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = source.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number is longer than 64 bits");
    }

    static long signed(ByteBuffer source) {
        long value = varint(source);
        return value >>> 1 ^ -(value & 1);
    }

    /** A varint that counts something: from 0 to {@code max}. */
    static int count(ByteBuffer source, int max) {
        long value = varint(source);
        if (value < 0 || value > max) {
            throw new IllegalArgumentException("a count is " + value + ", more than " + max);
        }
        return (int) value;
    }

    static String text(ByteBuffer source) {
        byte[] utf8 = new byte[count(source, source.remaining())];
        source.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
