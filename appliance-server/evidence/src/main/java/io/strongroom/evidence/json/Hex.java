package io.strongroom.evidence.json;

/** Hex digits of either case as they stand in {@code \\u} escapes. */
final class Hex {
    private static final String DIGITS = "0123456789abcdef";

    private Hex() {}

    /** The value of a digit, or −1. */
    static int value(byte digit) {
        if (digit >= '0' && digit <= '9') {
            return digit - '0';
        }
        int lower = digit | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** The value of four digits at {@code at}, or −1 if one is none or they pass {@code end}. */
    static int fourDigits(byte[] bytes, int at, int end) {
        if (end - at < 4) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = value(bytes[i]);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    static byte digit(int value) {
        return (byte) DIGITS.charAt(value);
    }
}
