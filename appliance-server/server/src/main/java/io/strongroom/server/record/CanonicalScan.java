package io.strongroom.server.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Steps over canonical JSON without a tree. It trusts its input: bytes that {@code CanonicalJson} made, nothing else.
 *
 * <p>Canonical bytes hold no white space, no duplicate and no unsorted member, so that the position after a value is
 * the position of its delimiter.
 */
public final class CanonicalScan {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private CanonicalScan() {}

    /** The position after the string whose opening quote is at {@code at}. */
    public static int skipString(byte[] json, int at) {
        int i = at + 1;
        while (true) {
            while (json.length - i >= Long.BYTES) {
                long ends = quoteOrBackslash((long) LONGS.get(json, i));
                if (ends != 0) {
                    i += Long.numberOfTrailingZeros(ends) >>> 3;
                    break;
                }
                i += Long.BYTES;
            }
            if (json[i] == '"') {
                return i + 1;
            }
            i += json[i] == '\\' ? 2 : 1;
        }
    }

    /** 0 if there is neither among eight bytes; otherwise the lowest set bit is the highest of the first of them. */
    private static long quoteOrBackslash(long eight) {
        long quote = eight ^ 0x22 * ONES;
        long backslash = eight ^ 0x5c * ONES;
        return (quote - ONES & ~quote | backslash - ONES & ~backslash) & HIGH_BITS;
    }

    /** The position after the value that begins at {@code at}. */
    public static int skipValue(byte[] json, int at) {
        return switch (json[at]) {
            case '"' -> skipString(json, at);
            case '{', '[' -> skipNested(json, at);
            case 't', 'n' -> at + 4;
            case 'f' -> at + 5;
            default -> skipNumber(json, at);
        };
    }

    private static int skipNested(byte[] json, int at) {
        int depth = 0;
        int i = at;
        do {
            switch (json[i]) {
                case '"' -> i = skipString(json, i);
                case '{', '[' -> {
                    depth++;
                    i++;
                }
                case '}', ']' -> {
                    depth--;
                    i++;
                }
                default -> i++;
            }
        } while (depth > 0);
        return i;
    }

    private static int skipNumber(byte[] json, int at) {
        int i = at;
        while (i < json.length && json[i] != ',' && json[i] != '}' && json[i] != ']') {
            i++;
        }
        return i;
    }
}
