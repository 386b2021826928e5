package io.strongroom.evidence.pack.verify;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.TreeMap;

/** A file of any length in little memory: long stretches of zeros are not kept. Written as a stream, read anywhere. */
final class SparseFile implements ZipSource {
    private static final byte[] ZEROS = new byte[64 * 1024];
    private static final int SHORT = 4096;

    private final TreeMap<Long, byte[]> kept = new TreeMap<>();
    private long length;

    /** Appends. */
    OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) {
                if (count < SHORT
                        || count > ZEROS.length
                        || !Arrays.equals(bytes, offset, offset + count, ZEROS, 0, count)) {
                    kept.put(length, Arrays.copyOfRange(bytes, offset, offset + count));
                }
                length += count;
            }
        };
    }

    @Override
    public int read(ByteBuffer into, long position) {
        if (position >= length) {
            return -1;
        }
        int count = (int) Math.min(into.remaining(), length - position);
        byte[] bytes = new byte[count];
        Long from = kept.floorKey(position);
        for (var part :
                kept.subMap(from == null ? position : from, position + count).entrySet()) {
            long begin = Math.max(position, part.getKey());
            long end = Math.min(position + count, part.getKey() + part.getValue().length);
            if (begin < end) {
                System.arraycopy(part.getValue(), (int) (begin - part.getKey()), bytes, (int) (begin - position), (int)
                        (end - begin));
            }
        }
        into.put(bytes);
        return count;
    }

    @Override
    public long size() {
        return length;
    }

    /** Changes one byte that is kept. */
    void flip(long position) {
        var part = kept.floorEntry(position);
        if (part == null || part.getKey() + part.getValue().length <= position) {
            throw new IllegalArgumentException("at " + position + " are zeros");
        }
        part.getValue()[(int) (position - part.getKey())] ^= 1;
    }
}
