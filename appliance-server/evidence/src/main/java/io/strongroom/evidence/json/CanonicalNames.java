package io.strongroom.evidence.json;

/** The order of member names (RFC 8785 §3.2.3), on their canonical bytes between the quotes. */
final class CanonicalNames {
    private CanonicalNames() {}

    /**
     * Compares two names by the UTF-16 code units of what they decode to.
     *
     * <p>UTF-8 sorts as UTF-16 does, except that U+E000 to U+FFFF (first byte EE or EF) stand behind the surrogate
     * pairs (first byte F0 to F4); {@link #rank} swaps the two. A canonical escape decodes to one ASCII character.
     */
    static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
        int i = aFrom;
        int j = bFrom;
        while (i < aTo && j < bTo) {
            int x = a[i++] & 0xff;
            int y = b[j++] & 0xff;
            if (x == '\\') {
                x = unescape(a, i);
                i += escapeLength(a, i);
            }
            if (y == '\\') {
                y = unescape(b, j);
                j += escapeLength(b, j);
            }
            if (x != y) {
                return rank(x) - rank(y);
            }
        }
        return Integer.compare(aTo - i, bTo - j);
    }

    private static int rank(int firstByte) {
        if (firstByte < 0xee) {
            return firstByte;
        }
        return firstByte >= 0xf0 ? firstByte - 2 : firstByte + 5;
    }

    /** The character of the canonical escape whose backslash stands before {@code at}. */
    static int unescape(byte[] bytes, int at) {
        return switch (bytes[at]) {
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'f' -> '\f';
            case 'r' -> '\r';
            case 'u' -> Hex.value(bytes[at + 3]) << 4 | Hex.value(bytes[at + 4]);
            default -> bytes[at];
        };
    }

    /** Bytes of that escape after its backslash. */
    static int escapeLength(byte[] bytes, int at) {
        return bytes[at] == 'u' ? 5 : 1;
    }
}
