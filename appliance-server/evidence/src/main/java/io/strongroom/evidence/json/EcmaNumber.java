package io.strongroom.evidence.json;

import java.nio.charset.StandardCharsets;

/** The ECMAScript form of a double (ECMA-262 Number::toString, which RFC 8785 §3.2.2.3 asks for). */
final class EcmaNumber {
    /** The longest form, as in {@code -1.7976931348623157e+308} or {@code -0.0000012345678901234567}. */
    static final int MAX_CHARS = 25;

    private EcmaNumber() {}

    /** The form of a finite double. */
    static String format(double value) {
        byte[] text = new byte[MAX_CHARS];
        return new String(text, 0, write(value, text, 0), StandardCharsets.US_ASCII);
    }

    /**
     * Writes the form of a finite double at {@code out[at]}.
     *
     * @return the offset after it
     */
    static int write(double value, byte[] out, int at) {
        if (value == 0) {
            out[at] = '0';
            return at + 1;
        }
        int to = at;
        if (value < 0) {
            out[to++] = '-';
        }
        // The shortest digits come from the JDK (19 and later: Raffaello Giulietti's algorithm), in another layout.
        String shortest = Double.toString(Math.abs(value));
        byte[] digits = new byte[shortest.length()];
        int count = 0;
        int point = 0;
        boolean pointSeen = false;
        int exponent = 0;
        for (int i = 0; i < shortest.length(); i++) {
            char c = shortest.charAt(i);
            if (c == '.') {
                pointSeen = true;
            } else if (c == 'E') {
                exponent = Integer.parseInt(shortest, i + 1, shortest.length(), 10);
                break;
            } else {
                if (count > 0 || c != '0') {
                    digits[count++] = (byte) c;
                    point += pointSeen ? 0 : 1;
                } else if (pointSeen) {
                    point--;
                }
            }
        }
        while (digits[count - 1] == '0') {
            count--;
        }
        int scale = point + exponent;
        if (count == 2) {
            int shorter = oneDigit(Math.abs(value), digits, scale);
            if (shorter != 0) {
                scale += shorter / 10;
                digits[0] = (byte) ('0' + (shorter % 10 == 0 ? 1 : shorter % 10));
                count = 1;
            }
        }
        return layOut(digits, count, scale, out, to);
    }

    /**
     * The JDK gives two digits where one would do if two come closer (4.9E-324); ECMAScript wants the fewest.
     *
     * @return the one digit that reads back as the same double, 10 if that is a 1 one place higher, or 0 if there is
     *     none
     */
    private static int oneDigit(double value, byte[] digits, int scale) {
        int first = digits[0] - '0';
        boolean down = reads(first, scale, value);
        boolean up = reads(first + 1, scale, value);
        if (down && up) {
            return digits[1] <= '5' ? first : first + 1;
        }
        return down ? first : up ? first + 1 : 0;
    }

    private static boolean reads(int digit, int scale, double value) {
        return Double.parseDouble(digit + "E" + (scale - 1)) == value;
    }

    /** Lays out the value 0.d₁d₂…·10^scale as ECMAScript does. */
    private static int layOut(byte[] digits, int count, int scale, byte[] out, int from) {
        int to = from;
        if (scale > 0 && scale <= 21) {
            for (int i = 0; i < Math.max(count, scale); i++) {
                if (i == scale) {
                    out[to++] = '.';
                }
                out[to++] = i < count ? digits[i] : (byte) '0';
            }
            return to;
        }
        if (scale > -6 && scale <= 0) {
            out[to++] = '0';
            out[to++] = '.';
            for (int i = scale; i < 0; i++) {
                out[to++] = '0';
            }
            System.arraycopy(digits, 0, out, to, count);
            return to + count;
        }
        out[to++] = digits[0];
        if (count > 1) {
            out[to++] = '.';
            System.arraycopy(digits, 1, out, to, count - 1);
            to += count - 1;
        }
        int exponent = scale - 1;
        out[to++] = 'e';
        out[to++] = (byte) (exponent < 0 ? '-' : '+');
        int magnitude = Math.abs(exponent);
        if (magnitude >= 100) {
            out[to++] = (byte) ('0' + magnitude / 100);
        }
        if (magnitude >= 10) {
            out[to++] = (byte) ('0' + magnitude / 10 % 10);
        }
        out[to++] = (byte) ('0' + magnitude % 10);
        return to;
    }
}
