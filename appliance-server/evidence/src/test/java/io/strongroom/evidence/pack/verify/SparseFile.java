package io.strongroom.evidence.pack.verify;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.TreeMap;

/** A file of any length in little memory: long stretches of zeros are not kept. Written as a stream, read anywhere. */
final class SparseFile extends FileChannel {
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

    @Override
    protected void implCloseChannel() {}

    @Override
    public int read(ByteBuffer into) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer from, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void force(boolean metaData) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
