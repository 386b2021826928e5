package io.strongroom.server.body;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that does not end before the length that was said. A JSON document shows that by itself; bytes do not. */
public final class WholeBody extends FilterInputStream {
    private final long said;
    private long got;

    /** @param said in bytes; −1 where nothing was said */
    public WholeBody(InputStream body, long said) {
        super(body);
        this.said = said;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        if (read < 0 && got < said) {
            throw new BodyCutException(new EOFException("the body has " + got + " bytes, not " + said));
        }
        got += Math.max(read, 0);
        return read;
    }
}
