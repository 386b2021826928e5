package io.strongroom.evidence.json;

/** Whole numbers as ASCII digits, without garbage. */
public final class Decimal {
    private Decimal() {}

    /**
     * Writes {@code value}, within ±(2^63−1), at {@code out[at]}.
     *
     * @return the offset after it
     */
    public static int write(long value, byte[] out, int at) {
        int to = at;
        long rest = value;
        if (rest < 0) {
            out[to++] = '-';
            rest = -rest;
        }
        int after = to + digits(rest);
        for (int i = after - 1; i >= to; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return after;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long limit = 10; value >= limit && digits < 19; limit *= 10) {
            digits++;
        }
        return digits;
    }
}
