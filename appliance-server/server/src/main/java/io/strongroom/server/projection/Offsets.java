package io.strongroom.server.projection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A set of records of one segment (or of the tail) by their offset from its first. */
final class Offsets {
    /** Bytes of the set as a bitmap. */
    static final int BYTES = Segment.SIZE / Byte.SIZE;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long[] words = new long[Segment.SIZE / Long.SIZE];

    static Offsets range(int from, int to) {
        Offsets all = new Offsets();
        for (int i = from; i < to; i++) {
            all.add(i);
        }
        return all;
    }

    void add(int offset) {
        words[offset >> 6] |= 1L << offset;
    }

    boolean contains(int offset) {
        return (words[offset >> 6] & 1L << offset) != 0;
    }

    void retain(Offsets that) {
        for (int i = 0; i < words.length; i++) {
            words[i] &= that.words[i];
        }
    }

    /** Keeps the offsets of [{@code from}, {@code to}). */
    void clip(int from, int to) {
        for (int i = 0; i < words.length; i++) {
            int first = i << 6;
            if (first + Long.SIZE <= from || first >= to) {
                words[i] = 0;
                continue;
            }
            if (first < from) {
                words[i] &= -1L << from;
            }
            if (first + Long.SIZE > to) {
                words[i] &= -1L >>> -to;
            }
        }
    }

    int count() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    int[] toArray() {
        int[] offsets = new int[count()];
        int next = 0;
        for (int i = 0; i < words.length; i++) {
            for (long rest = words[i]; rest != 0; rest &= rest - 1) {
                offsets[next++] = (i << 6) + Long.numberOfTrailingZeros(rest);
            }
        }
        return offsets;
    }

    byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < words.length; i++) {
            LONGS.set(bytes, i * Long.BYTES, words[i]);
        }
        return bytes;
    }

    void addBitmap(byte[] bytes, int from) {
        for (int i = 0; i < words.length; i++) {
            words[i] |= (long) LONGS.get(bytes, from + i * Long.BYTES);
        }
    }
}
