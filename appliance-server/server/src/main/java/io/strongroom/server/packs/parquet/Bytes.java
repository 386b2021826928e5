package io.strongroom.server.packs.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A growing buffer of little-endian values. */
final class Bytes {
    private byte[] buffer = new byte[1024];
    private int length;

    void put(int b) {
        room(1);
        buffer[length++] = (byte) b;
    }

    void put(byte[] bytes, int offset, int count) {
        room(count);
        System.arraycopy(bytes, offset, buffer, length, count);
        length += count;
    }

    void put(Bytes other) {
        put(other.buffer, 0, other.length);
    }

    void int32(int value) {
        room(4);
        for (int i = 0; i < 4; i++) {
            buffer[length++] = (byte) (value >>> 8 * i);
        }
    }

    void int64(long value) {
        room(8);
        for (int i = 0; i < 8; i++) {
            buffer[length++] = (byte) (value >>> 8 * i);
        }
    }

    /** Unsigned LEB128. */
    void varint(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            put((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        put((int) left);
    }

    private void room(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(length + more, buffer.length * 2));
        }
    }

    int length() {
        return length;
    }

    byte[] array() {
        return buffer;
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(buffer, 0, length);
    }

    void clear() {
        length = 0;
    }
}
