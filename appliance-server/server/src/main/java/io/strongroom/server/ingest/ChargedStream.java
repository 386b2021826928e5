package io.strongroom.server.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A body whose length is told at its end, before whoever reads it learns that it has ended. */
final class ChargedStream extends FilterInputStream {
    private final LongConsumer charge;
    private long bytes;
    private boolean charged;

    /** @param charge is told how many bytes there were; throws if they may not be taken */
    ChargedStream(InputStream body, LongConsumer charge) {
        super(body);
        this.charge = charge;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        int read = in.read(buffer, offset, count);
        if (read > 0) {
            bytes += read;
        } else if (read < 0 && !charged) {
            charged = true;
            charge.accept(bytes);
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
