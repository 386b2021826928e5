package io.strongroom.server.spool;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A new file, written in large pieces past the page cache (O_DIRECT) where the file system can: what is written once and
 * is to be durable at its end gains nothing there, and many gigabytes would push out what the database reads. While a
 * piece is on its way to the disk the next is filled.
 *
 * <p>For one thread at a time. What goes wrong with the disk is told by a later {@link #write}, or by {@link #finish}.
 */
final class DirectFile implements AutoCloseable {
    private static final int PIECE = 1 << 20;
    private static final int DEFAULT_BLOCK = 4096;

    private final Disk disk;
    private final int block;
    private final FileChannel channel;
    // Shared, because another thread may write than opened.
    private final Arena memory = Arena.ofShared();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("spool-disk").daemon().factory());
    private ByteBuffer piece;
    // On its way to the disk, or about to be filled; the other thread's until what is pending is done.
    private ByteBuffer other;
    private Future<?> pending = CompletableFuture.completedFuture(null);
    private long length;

    /** @throws FileAlreadyExistsException if there is such a file */
    DirectFile(Path file, Disk disk) throws IOException {
        this.disk = disk;
        this.block = blockSize(file);
        this.channel = open(file);
        this.piece = memory.allocate(PIECE, block).asByteBuffer();
        this.other = memory.allocate(PIECE, block).asByteBuffer();
    }

    /** What the file system wants a direct write to be aligned to. */
    private static int blockSize(Path file) throws IOException {
        try {
            long size = Files.getFileStore(file.getParent()).getBlockSize();
            return size > 0 && size <= PIECE && Long.bitCount(size) == 1 ? (int) size : DEFAULT_BLOCK;
        } catch (UnsupportedOperationException e) {
            return DEFAULT_BLOCK;
        }
    }

    private FileChannel open(Path file) throws IOException {
        try {
            return disk.create(file, ExtendedOpenOption.DIRECT);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            // Some file systems in memory cannot, and say so only after they have made the file.
            disk.delete(file);
            return disk.create(file, StandardOpenOption.WRITE);
        }
    }

    void write(byte[] bytes, int from, int count) throws IOException {
        length += count;
        int at = from;
        int left = count;
        while (left > 0) {
            int taken = Math.min(left, piece.remaining());
            piece.put(bytes, at, taken);
            at += taken;
            left -= taken;
            if (!piece.hasRemaining()) {
                flush();
            }
        }
    }

    /** Sends the piece to the disk once the one before it is there. */
    private void flush() throws IOException {
        await();
        ByteBuffer full = piece.flip();
        piece = other.clear();
        other = full;
        pending = thread.submit(() -> {
            disk.write(channel, full);
            return null;
        });
    }

    private void await() throws IOException {
        try {
            pending.get();
        } catch (ExecutionException e) {
            throw new IOException("the disk did not take what was written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while writing").initCause(e);
        }
    }

    /** Writes what remains and returns once all is on disk. */
    void finish() throws IOException {
        // A whole block more than there is, which is then cut off.
        while (piece.position() % block != 0) {
            piece.put((byte) 0);
        }
        flush();
        await();
        disk.finish(channel, length);
    }

    @Override
    public void close() throws IOException {
        try {
            // Waits for what is on its way.
            thread.close();
            channel.close();
        } finally {
            if (memory.scope().isAlive()) {
                memory.close();
            }
        }
    }
}
