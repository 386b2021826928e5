package io.strongroom.evidence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A SHA-256 digest: 32 bytes, whose text form is {@code sha256:} and 64 lower-case hex digits.
 *
 * <p>Immutable. Equality is by value and not constant-time; digests are public.
 */
public final class Digest {
    /** Length of a SHA-256 digest in bytes. */
    public static final int BYTES = 32;

    /** Length of the text form. */
    public static final int CHARS = 71;

    /** Never updated, only copied. */
    private static final MessageDigest FRESH = newSha256();

    private static final String PREFIX = "sha256:";
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] PREFIX_ASCII = PREFIX.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX_DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX_VALUES = hexValues();

    /** {@code sha256:} and 64 zeros: the {@code prev} of the first entry of a log. */
    public static final Digest ZERO = new Digest(new byte[BYTES]);

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The SHA-256 of {@code content}. */
    public static Digest of(byte[] content) {
        return new Digest(sha256().digest(content));
    }

    /**
     * A digest of the given 32 bytes, which are copied.
     *
     * @throws IllegalArgumentException if there are not 32
     */
    public static Digest ofBytes(byte[] hash) {
        if (hash.length != BYTES) {
            throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + hash.length);
        }
        return new Digest(hash.clone());
    }

    /**
     * A digest of the 32 bytes at {@code source[offset]}, which are copied.
     *
     * @throws IndexOutOfBoundsException if fewer follow
     */
    public static Digest ofBytes(byte[] source, int offset) {
        Objects.checkFromIndexSize(offset, BYTES, source.length);
        return new Digest(Arrays.copyOfRange(source, offset, offset + BYTES));
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is not {@code sha256:} and 64 lower-case hex digits
     */
    public static Digest parse(String text) {
        if (text.length() != PREFIX.length() + 2 * BYTES || !text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("not sha256: and 64 hex digits: " + abbreviate(text));
        }
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            int at = PREFIX.length() + 2 * i;
            bytes[i] = (byte) (lowerHex(text, at) << 4 | lowerHex(text, at + 1));
        }
        return new Digest(bytes);
    }

    private static byte[] hexValues() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < HEX_DIGITS.length; i++) {
            values[HEX_DIGITS[i]] = (byte) i;
        }
        return values;
    }

    /**
     * Reads the text form from 71 bytes of ASCII at {@code offset}.
     *
     * @throws IllegalArgumentException if they are not {@code sha256:} and 64 lower-case hex digits
     */
    public static Digest parseAscii(byte[] text, int offset) {
        byte[] bytes = new byte[BYTES];
        parseAscii(text, offset, bytes, 0);
        return new Digest(bytes);
    }

    /**
     * Reads the text form from 71 bytes of ASCII at {@code offset} into the 32 bytes at {@code target[targetOffset]}.
     *
     * @throws IllegalArgumentException if they are not {@code sha256:} and 64 lower-case hex digits
     */
    public static void parseAscii(byte[] text, int offset, byte[] target, int targetOffset) {
        int hexFrom = offset + PREFIX_ASCII.length;
        if (!Arrays.equals(text, offset, hexFrom, PREFIX_ASCII, 0, PREFIX_ASCII.length)) {
            throw new IllegalArgumentException("a digest begins with sha256:");
        }
        int bad = 0;
        for (int i = 0; i < BYTES; i++) {
            int value = HEX_VALUES[text[hexFrom + 2 * i] & 0xff] << 4 | HEX_VALUES[text[hexFrom + 2 * i + 1] & 0xff];
            bad |= value;
            target[targetOffset + i] = (byte) value;
        }
        if (bad < 0) {
            throw new IllegalArgumentException("a digest has 64 lower-case hex digits after sha256:");
        }
    }

    /** Writes the text form as 71 bytes of ASCII into {@code target} at {@code offset}. */
    public void writeAscii(byte[] target, int offset) {
        writeAscii(bytes, 0, target, offset);
    }

    /** Writes the text form of the 32 bytes at {@code hash[hashOffset]} as ASCII into {@code target}. */
    public static void writeAscii(byte[] hash, int hashOffset, byte[] target, int offset) {
        System.arraycopy(PREFIX_ASCII, 0, target, offset, PREFIX_ASCII.length);
        int at = offset + PREFIX_ASCII.length;
        for (int i = 0; i < BYTES; i++) {
            int b = hash[hashOffset + i] & 0xff;
            target[at++] = HEX_DIGITS[b >>> 4];
            target[at++] = HEX_DIGITS[b & 15];
        }
    }

    private static int lowerHex(String text, int at) {
        char c = text.charAt(at);
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        throw new IllegalArgumentException("not a lower-case hex digit at " + at + ": " + abbreviate(text));
    }

    private static String abbreviate(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /** A new SHA-256, which every Java platform has. */
    public static MessageDigest sha256() {
        try {
            // Some ten times as quick as asking the providers again.
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException e) {
            return newSha256();
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no SHA-256", e);
        }
    }

    /** Whether the 32 bytes at {@code other[offset]} are the same. */
    public boolean matches(byte[] other, int offset) {
        return Arrays.equals(bytes, 0, BYTES, other, offset, offset + BYTES);
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Copies the 32 bytes into {@code target} from {@code offset}. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, BYTES);
    }

    /** The 64 hex digits without the prefix. */
    public String hex() {
        return HEX.formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }

    @Override
    public String toString() {
        return PREFIX + hex();
    }
}
