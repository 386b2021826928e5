package io.strongroom.server.spool;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Hands what is written to a thread of its own, which writes it into another stream: so whoever makes bytes does not
 * wait for those who encrypt them and put them on disk. What is on its way takes bounded memory.
 *
 * <p>For one thread. What goes wrong with the other stream is told by a later {@link #write}, or by {@link #finish}. Once
 * this is finished or closed the other stream is its owner's again.
 */
public final class HandingStream extends OutputStream {
    private static final int PIECE = 128 * 1024;
    private static final int PIECES = 16;

    private final OutputStream out;
    private final ExecutorService thread;
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(PIECES);
    private byte[] piece = new byte[PIECE];
    private int filled;

    // Written by the other thread; from then on it only gives pieces back.
    private volatile @Nullable Throwable failure;

    /** @param name of the thread */
    public HandingStream(OutputStream out, String name) {
        this.out = out;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        for (int i = 1; i < PIECES; i++) {
            free.add(new byte[PIECE]);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int left = length;
        while (left > 0) {
            int taken = Math.min(left, PIECE - filled);
            System.arraycopy(bytes, at, piece, filled, taken);
            filled += taken;
            at += taken;
            left -= taken;
            if (filled == PIECE) {
                handOver();
            }
        }
    }

    private void handOver() throws IOException {
        rethrow();
        byte[] full = piece;
        int length = filled;
        thread.execute(() -> take(full, length));
        try {
            piece = free.take();
            filled = 0;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void take(byte[] full, int length) {
        if (failure == null) {
            try {
                out.write(full, 0, length);
            } catch (IOException | RuntimeException | Error e) {
                failure = e;
            }
        }
        free.add(full);
    }

    private void rethrow() throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /** Hands over what remains and returns once all of it is written. */
    public void finish() throws IOException {
        handOver();
        thread.close();
        rethrow();
    }

    /** Gives up what is not written yet. */
    @Override
    public void close() {
        if (failure == null) {
            failure = new IOException("closed");
        }
        thread.close();
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return (IOException) new InterruptedIOException("interrupted while writing").initCause(e);
    }
}
