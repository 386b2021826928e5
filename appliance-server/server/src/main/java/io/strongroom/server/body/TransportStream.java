package io.strongroom.server.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body as it comes from the connection. It tells a failure of the connection from one of the decoder above, and says
 * that there may always be more: {@code GZIPInputStream} asks before it looks for another member.
 */
final class TransportStream extends FilterInputStream {
    private boolean ended;

    TransportStream(InputStream body) {
        super(body);
    }

    @Override
    public int read() throws IOException {
        try {
            return seen(in.read());
        } catch (IOException e) {
            throw new BodyCutException(e);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return seen(in.read(target, offset, length));
        } catch (IOException e) {
            throw new BodyCutException(e);
        }
    }

    private int seen(int read) {
        ended |= read < 0;
        return read;
    }

    @Override
    public int available() {
        return ended ? 0 : 1;
    }
}
