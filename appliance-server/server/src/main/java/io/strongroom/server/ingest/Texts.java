package io.strongroom.server.ingest;

/** Rules for strings, on their canonical bytes between the quotes. */
final class Texts {
    private Texts() {}

    /** How many Unicode characters the bytes stand for; a canonical escape stands for one. */
    static int characters(byte[] json, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            int b = json[i];
            if ((b & 0xc0) != 0x80) {
                count++;
            }
            if (b == '\\') {
                i += json[i + 1] == 'u' ? 5 : 1;
            }
        }
        return count;
    }

    /** 1 to 64 of {@code a-z 0-9 . _ -} (formats §1). */
    static boolean isLowerName(byte[] json, int from, int to) {
        if (to == from || to - from > 64) {
            return false;
        }
        for (int i = from; i < to; i++) {
            int b = json[i];
            if (!(b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '.' || b == '_' || b == '-')) {
                return false;
            }
        }
        return true;
    }

    /** 1 to 64 of {@code A-Z a-z 0-9 . _ ~ -}, first a letter or digit (formats §1). */
    static boolean isTenant(byte[] json, int from, int to) {
        if (to == from || to - from > 64 || !isLetterOrDigit(json[from])) {
            return false;
        }
        for (int i = from + 1; i < to; i++) {
            int b = json[i];
            if (!(isLetterOrDigit(b) || b == '.' || b == '_' || b == '~' || b == '-')) {
                return false;
            }
        }
        return true;
    }

    /** 1 to 64 of {@code A-Z a-z 0-9 . _ / -}: the name of a label. */
    static boolean isLabelName(byte[] json, int from, int to) {
        if (to == from || to - from > 64) {
            return false;
        }
        for (int i = from; i < to; i++) {
            int b = json[i];
            if (!(isLetterOrDigit(b) || b == '.' || b == '_' || b == '/' || b == '-')) {
                return false;
            }
        }
        return true;
    }

    /** {@code length} lower-case hex digits, not all of them zero. */
    static boolean isHexId(byte[] json, int from, int to, int length) {
        if (to - from != length) {
            return false;
        }
        int any = 0;
        for (int i = from; i < to; i++) {
            int b = json[i];
            if (!(b >= '0' && b <= '9' || b >= 'a' && b <= 'f')) {
                return false;
            }
            any |= b ^ '0';
        }
        return any != 0;
    }

    /** 128 bits in base64url without padding. */
    static boolean isSalt(byte[] json, int from, int to) {
        if (to - from != 22) {
            return false;
        }
        for (int i = from; i < to; i++) {
            int b = json[i];
            if (!(isLetterOrDigit(b) || b == '-' || b == '_')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(int b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
    }
}
