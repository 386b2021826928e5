package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.json.ByteScan;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The lines of several parts, one part behind the other. A thread of their own reads the parts and finds their digests,
 * some blocks ahead. Whatever happens in a part, the digest of each file is found, or the damage that keeps it from being
 * read: both go into maps that all readers share.
 *
 * <p>Lines end in a newline, the last too, and are at most {@link BlockReader#MAX_LINE} long. The bytes of a line are only
 * there until the next.
 */
final class Lines implements Closeable {
    private static final int AHEAD = 4;

    private final BlockReader reader;
    private final ExecutorService thread;
    private final Deque<Future<@Nullable LineBlock>> ahead = new ArrayDeque<>();
    private @Nullable LineBlock block;
    private String path = "";
    private byte[] buffer = new byte[0];
    private int start;
    private int length;
    private int from;
    private long line;
    private boolean begun;
    private boolean ended;
    private @Nullable Failure broken;

    Lines(Bag bag, List<String> parts, ConcurrentMap<String, Digest> digests, ConcurrentMap<String, Failure> damage) {
        this.reader = new BlockReader(bag, parts, digests, damage);
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("reading").daemon().factory());
        this.ended = parts.isEmpty();
    }

    /** Steps to the next line; false after the last, and where a part cannot be read further. */
    boolean next() throws IOException {
        while (broken == null) {
            LineBlock open = block;
            if (open != null) {
                int newline = ByteScan.find(buffer, from, open.end(), '\n');
                if (newline < open.end()) {
                    start = from;
                    length = newline - from;
                    from = newline + 1;
                    line++;
                    return true;
                }
                broken = from < open.end()
                        ? Failure.of(path, "a newline behind line " + (line + 1), "the end of the file")
                        : open.broken();
            }
            if (broken != null || !step()) {
                return false;
            }
        }
        return false;
    }

    /** Gives the block back and takes the next; false behind the last. */
    private boolean step() throws IOException {
        if (!begun) {
            begun = true;
            for (int i = 0; i < AHEAD; i++) {
                order(new byte[BlockReader.BLOCK]);
            }
        } else if (block != null) {
            order(buffer);
        }
        LineBlock taken = ended ? null : take();
        block = taken;
        ended = taken == null;
        if (taken != null) {
            path = taken.path();
            buffer = taken.bytes();
            from = 0;
            line = taken.first() ? 0 : line;
        }
        return taken != null;
    }

    private void order(byte[] into) {
        if (!ended) {
            ahead.add(thread.submit(() -> reader.next(into)));
        }
    }

    private @Nullable LineBlock take() throws IOException {
        try {
            return ahead.remove().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException("reading " + path + " failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while reading").initCause(e);
        }
    }

    /** Reads all parts that are left, for their digests. */
    void drain() throws IOException {
        while (step()) {
            // Each step finds the digests of what it passes.
        }
    }

    /** Why reading ended too early, if it did. */
    @Nullable
    Failure broken() {
        return broken;
    }

    /** The file of the line that {@link #next} stepped to. */
    String path() {
        return path;
    }

    /** The line stands in {@link #buffer()} from here. */
    int start() {
        return start;
    }

    int length() {
        return length;
    }

    byte[] buffer() {
        return buffer;
    }

    /** The line's number in its file, from 1. */
    long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        // Never by an interrupt: it would close the channel that all who read a zip share.
        ahead.forEach(ordered -> ordered.cancel(false));
        thread.close();
        reader.close();
    }
}
