package io.strongroom.server.body;

import java.io.ByteArrayInputStream;

/** Gives at most so many bytes at a time, as a slow connection does. */
public final class DrippingStream extends ByteArrayInputStream {
    private final int step;

    public DrippingStream(byte[] bytes, int step) {
        super(bytes);
        this.step = step;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, step));
    }

    @Override
    public synchronized int available() {
        return 0;
    }
}
