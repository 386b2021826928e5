package io.strongroom.api.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * An answer's body that is given up when nothing comes for a while. The HTTP client's own timeout ends with the headers;
 * without this, a peer that falls silent in the middle would hold its reader for ever.
 */
final class StallGuard extends FilterInputStream {
    private final long limitNanos;
    private final ScheduledFuture<?> check;

    // Written by the reader, read by the watch.
    private volatile long waitingSince;
    private volatile boolean waiting;
    private volatile boolean stalled;

    StallGuard(InputStream body, Duration limit, ScheduledExecutorService watch) {
        super(body);
        this.limitNanos = limit.toNanos();
        long periodMillis = Math.max(1, limit.toMillis() / 4);
        this.check = watch.scheduleWithFixedDelay(this::check, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    private void check() {
        if (waiting && System.nanoTime() - waitingSince > limitNanos) {
            stalled = true;
            try {
                in.close();
            } catch (IOException e) {
                // The reader meets the closed stream either way, and reports the stall.
                check.cancel(false);
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        waitingSince = System.nanoTime();
        waiting = true;
        try {
            int read = in.read(target, offset, length);
            if (read < 0 && stalled) {
                throw stall(null);
            }
            return read;
        } catch (IOException e) {
            throw stalled ? stall(e) : e;
        } finally {
            waiting = false;
        }
    }

    private IOException stall(@org.jspecify.annotations.Nullable IOException cause) {
        return new IOException("nothing came for " + TimeUnit.NANOSECONDS.toSeconds(limitNanos) + " s", cause);
    }

    @Override
    public void close() throws IOException {
        check.cancel(false);
        super.close();
    }
}
