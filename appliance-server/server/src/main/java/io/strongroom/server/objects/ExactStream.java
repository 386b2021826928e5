package io.strongroom.server.objects;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails, before its last byte is given, unless it has exactly the length announced. */
final class ExactStream extends FilterInputStream {
    private final String name;
    private final long length;
    private long left;

    ExactStream(String name, InputStream in, long length) {
        super(in);
        this.name = name;
        this.length = length;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        if (left == 0 || count == 0) {
            return count == 0 ? 0 : -1;
        }
        int read = in.read(buffer, offset, (int) Math.min(count, left));
        if (read < 0) {
            throw new IOException("the content of " + name + " ended " + left + " bytes too early");
        }
        left -= read;
        if (left == 0 && in.read() >= 0) {
            throw new IOException("the content of " + name + " is longer than the " + length + " bytes announced");
        }
        return read;
    }

    @Override
    public long skip(long count) {
        throw new UnsupportedOperationException("content is read, not skipped");
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** The caller closes its stream. */
    @Override
    public void close() {}
}
