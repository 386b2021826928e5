package io.strongroom.evidence.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for bytes, eight at a time: most of what a document is made of is in between. */
public final class ByteScan {
    /** Eight bytes of an array as a number whose lowest byte is the first. */
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private ByteScan() {}

    /** Where the first {@code wanted} stands in [{@code from}, {@code to}); {@code to} if there is none. */
    public static int find(byte[] bytes, int from, int to, char wanted) {
        long pattern = wanted * ONES;
        int at = from;
        for (; to - at >= Long.BYTES; at += Long.BYTES) {
            long found = zeros((long) LONGS.get(bytes, at) ^ pattern);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    /**
     * Where the string ends whose opening quote is at {@code quote}: the place after its closing quote. It trusts that
     * there is one; at or after {@code end} otherwise.
     */
    public static int stringEnd(byte[] json, int quote, int end) {
        int at = quote + 1;
        while (at < end) {
            if (end - at >= Long.BYTES) {
                long eight = (long) LONGS.get(json, at);
                long found = zeros(eight ^ '"' * ONES) | zeros(eight ^ '\\' * ONES);
                if (found == 0) {
                    at += Long.BYTES;
                    continue;
                }
                at += Long.numberOfTrailingZeros(found) >>> 3;
            }
            if (json[at] == '"') {
                return at + 1;
            }
            at += json[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /** The high bit of each byte that is zero; of those above the first such byte, perhaps of others too. */
    private static long zeros(long eight) {
        return eight - ONES & ~eight & HIGH_BITS;
    }
}
