package io.strongroom.server.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hash under which a field's value stands in the index. Stored, so it never changes; not secret and not
 * collision-proof, so whatever it finds is compared with the record before anybody sees it.
 */
final class TermHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private TermHash() {}

    static long of(Field field, byte[] bytes, int from, int to) {
        long hash = field.number() * 0x9e3779b97f4a7c15L;
        int at = from;
        for (; to - at >= Long.BYTES; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(bytes, at));
        }
        long rest = (long) (to - from) << 56;
        for (int shift = 0; at < to; at++, shift += 8) {
            rest ^= (bytes[at] & 0xffL) << shift;
        }
        return mix(hash ^ rest);
    }

    static long of(Field field, String value) {
        byte[] bytes = value.getBytes(UTF_8);
        return of(field, bytes, 0, bytes.length);
    }

    /** The term of a {@linkplain io.strongroom.server.privacy.FieldHashes#findable keyed hash}. */
    static int found(int keyed) {
        return term(mix(Field.FINDABLE.number() * 0x9e3779b97f4a7c15L ^ keyed & 0xffffffffL));
    }

    /** The 32 bits that stand in the inverted index. */
    static int term(long hash) {
        return (int) hash;
    }

    /** David Stafford's variant 13 of the 64-bit finaliser; a bijection. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
