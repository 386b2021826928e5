package io.strongroom.evidence.json;

/** UTF-8 as RFC 3629 §4 allows it: no overlong form, no surrogate, nothing above U+10FFFF. */
final class Utf8 {
    private Utf8() {}

    /** Length in bytes of the valid sequence of two to four bytes at {@code at}, or 0 if there is none. */
    static int sequenceLength(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xff;
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (end - at < length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        int lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /**
     * Writes a code point at {@code out[at]}.
     *
     * @return the offset after it
     */
    static int write(int codePoint, byte[] out, int at) {
        if (codePoint < 0x80) {
            out[at] = (byte) codePoint;
            return at + 1;
        }
        if (codePoint < 0x800) {
            out[at] = (byte) (0xc0 | codePoint >>> 6);
            out[at + 1] = (byte) (0x80 | codePoint & 0x3f);
            return at + 2;
        }
        if (codePoint < 0x10000) {
            out[at] = (byte) (0xe0 | codePoint >>> 12);
            out[at + 1] = (byte) (0x80 | codePoint >>> 6 & 0x3f);
            out[at + 2] = (byte) (0x80 | codePoint & 0x3f);
            return at + 3;
        }
        out[at] = (byte) (0xf0 | codePoint >>> 18);
        out[at + 1] = (byte) (0x80 | codePoint >>> 12 & 0x3f);
        out[at + 2] = (byte) (0x80 | codePoint >>> 6 & 0x3f);
        out[at + 3] = (byte) (0x80 | codePoint & 0x3f);
        return at + 4;
    }

    /**
     * Writes a character below U+0080 as it stands in a canonical string (RFC 8785 §3.2.2.2), escaped where it must
     * be; at most six bytes.
     *
     * @return the offset after it
     */
    static int writeEscaped(int c, byte[] out, int at) {
        if (c >= 0x20 && c != '"' && c != '\\') {
            out[at] = (byte) c;
            return at + 1;
        }
        out[at] = '\\';
        byte letter =
                switch (c) {
                    case '\b' -> 'b';
                    case '\t' -> 't';
                    case '\n' -> 'n';
                    case '\f' -> 'f';
                    case '\r' -> 'r';
                    case '"', '\\' -> (byte) c;
                    default -> 'u';
                };
        out[at + 1] = letter;
        if (letter != 'u') {
            return at + 2;
        }
        out[at + 2] = '0';
        out[at + 3] = '0';
        out[at + 4] = Hex.digit(c >>> 4);
        out[at + 5] = Hex.digit(c & 15);
        return at + 6;
    }
}
