package io.strongroom.server.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Decodes gzip (RFC 1952), of several members too, and refuses what is none behind the last of them. The JDK's reads that
 * and says nothing.
 */
final class GzipBody extends GZIPInputStream {
    private static final int TRAILER_BYTES = 8;

    private final Counted body;
    /** How much of the body had been read when the decoder was last given some of it. */
    private long given;

    private GzipBody(Counted body, int bufferBytes) throws IOException {
        super(body, bufferBytes);
        this.body = body;
    }

    /** @throws IOException if it does not begin as gzip does */
    static GzipBody of(InputStream body, int bufferBytes) throws IOException {
        return new GzipBody(new Counted(body), bufferBytes);
    }

    @Override
    protected void fill() throws IOException {
        super.fill();
        given = body.count;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int got = super.read(target, offset, length);
        // Behind the last member's data there is its trailer, part of which the decoder may have had, and nothing else.
        if (got < 0 && inf.getRemaining() + body.count - given > TRAILER_BYTES) {
            throw new ZipException("something that is no gzip follows");
        }
        return got;
    }

    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int got = super.read();
            count += got < 0 ? 0 : 1;
            return got;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int got = super.read(target, offset, length);
            count += Math.max(0, got);
            return got;
        }
    }
}
