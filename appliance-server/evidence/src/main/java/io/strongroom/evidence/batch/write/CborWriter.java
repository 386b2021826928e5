package io.strongroom.evidence.batch.write;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes CBOR in its core deterministic form (RFC 8949 section 4.2.1); the caller gives the keys of a map in order. */
final class CborWriter {
    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    CborWriter integer(long value) {
        return value >= 0 ? head(UNSIGNED, value) : head(NEGATIVE, -1 - value);
    }

    CborWriter bytes(byte[] value) {
        head(BYTES, value.length).out.writeBytes(value);
        return this;
    }

    CborWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        head(TEXT, utf8.length).out.writeBytes(utf8);
        return this;
    }

    /** The head of an array; its elements follow. */
    CborWriter array(int elements) {
        return head(ARRAY, elements);
    }

    /** The head of a map; its keys and values follow. */
    CborWriter map(int pairs) {
        return head(MAP, pairs);
    }

    /** A tag; what it tags follows. */
    CborWriter tag(int number) {
        return head(TAG, number);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    /** The shortest form of the argument. */
    private CborWriter head(int major, long argument) {
        if (argument < 24) {
            out.write(major << 5 | (int) argument);
        } else if (argument < 1L << 8) {
            argument(major << 5 | 24, argument, 1);
        } else if (argument < 1L << 16) {
            argument(major << 5 | 25, argument, 2);
        } else if (argument < 1L << 32) {
            argument(major << 5 | 26, argument, 4);
        } else {
            argument(major << 5 | 27, argument, 8);
        }
        return this;
    }

    private void argument(int initial, long argument, int bytes) {
        out.write(initial);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (argument >>> shift));
        }
    }
}
