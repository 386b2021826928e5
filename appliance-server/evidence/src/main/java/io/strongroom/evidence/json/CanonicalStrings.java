package io.strongroom.evidence.json;

import java.nio.charset.StandardCharsets;

/** Strings as they stand in canonical documents (RFC 8785 §3.2.2.2), between their quotes. */
final class CanonicalStrings {
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private CanonicalStrings() {}

    /**
     * Finds what cannot be copied as it is among eight bytes: below 0x20, quote, backslash, 0x80 and above.
     *
     * @return 0 if there is none; otherwise the lowest set bit is the highest of the first such byte
     */
    static long special(long eight) {
        long quote = eight ^ 0x22 * ONES;
        long backslash = eight ^ 0x5c * ONES;
        return (eight | eight - 0x20 * ONES | quote - ONES & ~quote | backslash - ONES & ~backslash) & HIGH_BITS;
    }

    /**
     * Checks the canonical string whose first byte after the quote is at {@code at}.
     *
     * @return the offset of its closing quote, or the complement (negative) of the offset of what is wrong
     */
    static int closingQuote(byte[] bytes, int at, int end) {
        int p = at;
        while (p < end) {
            if (end - p >= Long.BYTES) {
                long special = special((long) ByteScan.LONGS.get(bytes, p));
                if (special == 0) {
                    p += Long.BYTES;
                    continue;
                }
                p += Long.numberOfTrailingZeros(special) >>> 3;
            }
            int c = bytes[p];
            if (c == '"') {
                return p;
            } else if (c < 0) {
                int length = Utf8.sequenceLength(bytes, p, end);
                if (length == 0) {
                    return ~p;
                }
                p += length;
            } else if (c == '\\') {
                int length = canonicalEscape(bytes, p + 1, end);
                if (length == 0) {
                    return ~p;
                }
                p += 1 + length;
            } else if (c < 0x20) {
                return ~p;
            } else {
                p++;
            }
        }
        return ~end;
    }

    /** Bytes after the backslash of the canonical escape, or 0 if it is none. */
    private static int canonicalEscape(byte[] bytes, int at, int end) {
        if (at >= end) {
            return 0;
        }
        switch (bytes[at]) {
            case 'b', 't', 'n', 'f', 'r', '"', '\\' -> {
                return 1;
            }
            case 'u' -> {
                int c = Hex.fourDigits(bytes, at + 1, end);
                boolean lower = c >= 0 && bytes[at + 4] == Hex.digit(c & 15);
                boolean needed = c >= 0 && c < 0x20 && c != '\b' && c != '\t' && c != '\n' && c != '\f' && c != '\r';
                return lower && needed ? 5 : 0;
            }
            default -> {
                return 0;
            }
        }
    }

    /** Whether the canonical string between {@code from} and {@code to} is {@code text}. */
    static boolean isEqual(byte[] bytes, int from, int to, String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (from + i >= to) {
                return false;
            }
            byte b = bytes[from + i];
            if (b == '\\' || b < 0 || c >= 0x80) {
                return decode(bytes, from, to).equals(text);
            }
            if (b != c) {
                return false;
            }
        }
        return to - from == length;
    }

    /** The text of the canonical string between {@code from} and {@code to}. */
    static String decode(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                return decodeEscaped(bytes, from, to);
            }
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static String decodeEscaped(byte[] bytes, int from, int to) {
        byte[] plain = new byte[to - from];
        int length = 0;
        int i = from;
        while (i < to) {
            byte b = bytes[i++];
            if (b == '\\') {
                plain[length++] = (byte) CanonicalNames.unescape(bytes, i);
                i += CanonicalNames.escapeLength(bytes, i);
            } else {
                plain[length++] = b;
            }
        }
        return new String(plain, 0, length, StandardCharsets.UTF_8);
    }
}
