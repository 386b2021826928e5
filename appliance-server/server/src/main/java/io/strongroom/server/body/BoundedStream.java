package io.strongroom.server.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stops a decoder at its limit, so that a small body cannot become a large one. */
public final class BoundedStream extends FilterInputStream {
    private final long limit;
    private long left;

    public BoundedStream(InputStream decoded, long limit) {
        super(decoded);
        this.limit = limit;
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        if (read >= 0) {
            take(1);
        }
        return read;
    }

    /** Asks for one byte beyond the limit at most. */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, (int) Math.min(length, left + 1));
        if (read > 0) {
            take(read);
        }
        return read;
    }

    private void take(int count) throws IOException {
        left -= count;
        if (left < 0) {
            throw new BodyTooLargeException(limit);
        }
    }
}
