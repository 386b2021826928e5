package io.strongroom.evidence.batch.verify;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads CBOR item by item, and takes its core deterministic form alone (RFC 8949 section 4.2.1): numbers and lengths as
 * short as can be, no indefinite length, keys of a map in the order of their bytes and each once. Keys that are neither
 * integers nor texts, floating-point numbers and simple values, which no format of ours has, are refused. No length reaches past the end, and nothing is nested
 * deeper than {@value #MAX_DEPTH}. Whatever bytes it is given, it throws {@link BatchException} or reads what is there.
 */
final class CborReader {
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;

    private static final int MAX_DEPTH = 8;

    private final byte[] bytes;
    private int pos;

    CborReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads a key and its value. */
    @FunctionalInterface
    interface Pair {
        void read();
    }

    /** Makes sure that nothing follows. */
    void end() {
        if (pos < bytes.length) {
            throw malformed("something follows");
        }
    }

    /** The major type of the next item. */
    int next() {
        if (pos == bytes.length) {
            throw malformed("an item is missing");
        }
        return (bytes[pos] & 0xff) >>> 5;
    }

    /** An integer of either sign within ±2^63. */
    long integer() {
        return next() == NEGATIVE ? -1 - argument(NEGATIVE) : argument(UNSIGNED);
    }

    /** A byte string of at most so many bytes. */
    byte[] bytes(int most) {
        int length = length(BYTES, most);
        pos += length;
        return Arrays.copyOfRange(bytes, pos - length, pos);
    }

    /** A byte string of exactly so many bytes. */
    byte[] exactly(int length) {
        byte[] value = bytes(length);
        if (value.length != length) {
            throw malformed("a byte string of " + length + " bytes was expected");
        }
        return value;
    }

    /** A text of at most so many bytes of UTF-8. */
    String text(int most) {
        int length = length(TEXT, most);
        pos += length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, pos - length, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("a text that is not UTF-8");
        }
    }

    /** The head of an array of exactly so many elements. */
    void array(int elements) {
        if (argument(ARRAY) != elements) {
            throw malformed("an array of " + elements + " elements was expected");
        }
    }

    /** The head of an array of 1 to so many elements. */
    int arrayOfAtMost(int most) {
        long elements = argument(ARRAY);
        if (elements < 1 || elements > most) {
            throw malformed("an array of 1 to " + most + " elements was expected");
        }
        return (int) elements;
    }

    /** A tag of this number. */
    void tag(int number) {
        if (argument(TAG) != number) {
            throw malformed("the tag " + number + " was expected");
        }
    }

    /** Reads a map of at most so many pairs; {@code pair} reads one, key and value. */
    void map(int most, Pair pair) {
        long pairs = argument(MAP);
        if (pairs > most) {
            throw malformed("a map of at most " + most + " pairs was expected");
        }
        pairs(pairs, 0, pair);
    }

    private void pairs(long pairs, int depth, Pair pair) {
        int lastFrom = 0;
        int lastTo = 0;
        for (long i = 0; i < pairs; i++) {
            int from = pos;
            if (next() != UNSIGNED && next() != NEGATIVE && next() != TEXT) {
                throw malformed("a key that is neither an integer nor a text");
            }
            skip(depth + 1);
            int to = pos;
            if (i > 0 && Arrays.compareUnsigned(bytes, lastFrom, lastTo, bytes, from, to) >= 0) {
                throw malformed("keys that are not in order, or not each once");
            }
            lastFrom = from;
            lastTo = to;
            pos = from;
            pair.read();
        }
    }

    /** The next item as it stands, which is in its one form to its depth. */
    byte[] item() {
        int from = pos;
        skip(0);
        return Arrays.copyOfRange(bytes, from, pos);
    }

    private void skip(int depth) {
        if (depth > MAX_DEPTH) {
            throw malformed("items nested deeper than " + MAX_DEPTH);
        }
        int major = next();
        switch (major) {
            case UNSIGNED, NEGATIVE -> argument(major);
            case BYTES -> {
                int length = length(BYTES, bytes.length);
                pos += length;
            }
            case TEXT -> text(bytes.length);
            case ARRAY -> {
                long elements = argument(ARRAY);
                for (long i = 0; i < elements; i++) {
                    skip(depth + 1);
                }
            }
            case MAP ->
                pairs(argument(MAP), depth, () -> {
                    skip(depth + 1);
                    skip(depth + 1);
                });
            case TAG -> {
                argument(TAG);
                skip(depth + 1);
            }
            default -> throw malformed("a simple value or a floating-point number");
        }
    }

    /** The length of a string, whose content is whole. */
    private int length(int major, int most) {
        long length = argument(major);
        if (length > bytes.length - pos) {
            throw malformed("a string that reaches too far");
        }
        if (length > most) {
            throw malformed("a string of more than " + most + " bytes");
        }
        return (int) length;
    }

    /** The argument of an item of this major type, from 0 to 2^63 − 1. */
    private long argument(int major) {
        if (next() != major) {
            throw malformed("an item of the major type " + major + " was expected");
        }
        int info = bytes[pos] & 0x1f;
        if (info < 24) {
            pos++;
            return info;
        }
        if (info > 27) {
            throw malformed("a length that is indefinite or reserved");
        }
        int count = 1 << (info - 24);
        if (bytes.length - pos - 1 < count) {
            throw malformed("a number that is cut off");
        }
        long value = 0;
        for (int i = 1; i <= count; i++) {
            value = value << 8 | bytes[pos + i] & 0xff;
        }
        // One that fits in half of its bytes has a shorter form; of one byte, one below 24.
        long least = count == 1 ? 24 : 1L << 4 * count;
        if (value < 0 || value < least) {
            throw malformed(value < 0 ? "a number beyond 2^63" : "a number that is longer than it must be");
        }
        pos += 1 + count;
        return value;
    }

    private BatchException malformed(String what) {
        return BatchException.malformed("CBOR: " + what + " at byte " + pos);
    }
}
