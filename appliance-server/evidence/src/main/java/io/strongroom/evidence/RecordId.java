package io.strongroom.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The id of a record: a ULID, 48 bits of time in milliseconds and 80 random bits, as 26 characters of
 * Crockford's base 32 in upper case.
 *
 * <p>It is made at intake and its time is {@code receivedAt}. It orders nothing: order is {@code seq}.
 *
 * @param high the first 64 bits: the time and the first 16 random bits
 * @param low the last 64 random bits
 */
public record RecordId(long high, long low) implements Comparable<RecordId> {
    /** Length of the binary form. */
    public static final int BYTES = 16;

    /** Length of the text form. */
    public static final int CHARS = 26;

    /** Random bytes in an id. */
    public static final int RANDOM_BYTES = 10;

    private static final byte[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = values();

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length; i++) {
            values[ALPHABET[i]] = (byte) i;
        }
        return values;
    }

    /**
     * An id of the given time.
     *
     * @param epochMillis milliseconds since 1970, from 0 to 2^48−1
     * @param random10 ten random bytes
     * @throws IllegalArgumentException if the time is out of range or there are not ten bytes
     */
    public static RecordId of(long epochMillis, byte[] random10) {
        if (epochMillis < 0 || epochMillis >>> 48 != 0) {
            throw new IllegalArgumentException("a record id's time must be from 0 to 2^48-1 ms, not " + epochMillis);
        }
        if (random10.length != RANDOM_BYTES) {
            throw new IllegalArgumentException("a record id needs 10 random bytes, not " + random10.length);
        }
        long high = epochMillis << 16 | (random10[0] & 0xffL) << 8 | random10[1] & 0xffL;
        return new RecordId(high, readLong(random10, 2));
    }

    /**
     * Reads the 16 bytes of {@link #bytes()}.
     *
     * @throws IllegalArgumentException if there are not 16
     */
    public static RecordId ofBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a record id has 16 bytes, not " + bytes.length);
        }
        return new RecordId(readLong(bytes, 0), readLong(bytes, 8));
    }

    /**
     * Reads the text form; only the canonical one (upper case, none of I, L, O, U) is accepted.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static RecordId parse(String text) {
        if (text.length() != CHARS) {
            throw new IllegalArgumentException("a record id has 26 characters, not " + text.length());
        }
        byte[] ascii = new byte[CHARS];
        for (int i = 0; i < CHARS; i++) {
            char c = text.charAt(i);
            ascii[i] = c < 128 ? (byte) c : 0;
        }
        return parseAscii(ascii, 0);
    }

    /**
     * Reads the text form from 26 bytes of ASCII at {@code offset}.
     *
     * @throws IllegalArgumentException if they are no canonical ULID
     */
    public static RecordId parseAscii(byte[] ascii, int offset) {
        int first = value(ascii[offset]);
        if (first > 7) {
            throw new IllegalArgumentException("a record id's first character is 0 to 7, or it exceeds 128 bits");
        }
        long high = first;
        for (int i = 1; i < 13; i++) {
            high = high << 5 | value(ascii[offset + i]);
        }
        // 13 characters are 63 bits; the 14th gives one bit to the high half and four to the low.
        int middle = value(ascii[offset + 13]);
        high = high << 1 | middle >>> 4;
        long low = middle & 0xf;
        for (int i = 14; i < CHARS; i++) {
            low = low << 5 | value(ascii[offset + i]);
        }
        return new RecordId(high, low);
    }

    private static int value(byte c) {
        int value = c < 0 ? -1 : VALUES[c];
        if (value < 0) {
            throw new IllegalArgumentException("not a ULID: upper-case Crockford base 32 only");
        }
        return value;
    }

    private static long readLong(byte[] bytes, int at) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | bytes[at + i] & 0xffL;
        }
        return value;
    }

    /** The time part: milliseconds since 1970. */
    public long epochMillis() {
        return high >>> 16;
    }

    /** The 16 bytes, most significant first. */
    public byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (high >>> 56 - 8 * i);
            bytes[8 + i] = (byte) (low >>> 56 - 8 * i);
        }
        return bytes;
    }

    /** Writes the 26 characters as ASCII into {@code target} at {@code offset}. */
    public void writeAscii(byte[] target, int offset) {
        long l = low;
        for (int i = CHARS - 1; i > 13; i--) {
            target[offset + i] = ALPHABET[(int) l & 31];
            l >>>= 5;
        }
        target[offset + 13] = ALPHABET[(int) (high & 1) << 4 | (int) l & 15];
        long h = high >>> 1;
        for (int i = 12; i >= 0; i--) {
            target[offset + i] = ALPHABET[(int) h & 31];
            h >>>= 5;
        }
    }

    @Override
    public int compareTo(RecordId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** The 26 characters. */
    @Override
    public String toString() {
        byte[] text = new byte[CHARS];
        writeAscii(text, 0);
        return new String(text, StandardCharsets.US_ASCII);
    }
}
