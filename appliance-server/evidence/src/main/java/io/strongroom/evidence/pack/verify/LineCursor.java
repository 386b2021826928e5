package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.json.ByteScan;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps through the lines of several parts, one behind the other, from any place where a line begins. */
final class LineCursor implements Closeable {
    private static final int BLOCK = 64 * 1024;

    /** Where a line begins: so many bytes into this part. */
    record Place(int part, long offset) {
        static final Place START = new Place(0, 0);
    }

    private final Bag bag;
    private final List<String> parts;
    private @Nullable InputStream in;
    private int part;
    private long offset;
    private byte[] buffer = new byte[BLOCK];
    private int from;
    private int to;

    /** At the first line of the files below this folder. */
    LineCursor(Bag bag, String folder) {
        this.bag = bag;
        this.parts = bag.files().keySet().stream()
                .filter(path -> path.startsWith(folder))
                .sorted()
                .toList();
    }

    /** Where the next line begins. */
    Place place() {
        return new Place(part, offset);
    }

    void seek(Place place) throws IOException {
        if (place.part() != part || place.offset() < offset || in == null) {
            closeStream();
            part = place.part();
            offset = 0;
        }
        if (place.offset() > offset) {
            pass(place.offset() - offset);
        }
    }

    private void pass(long bytes) throws IOException {
        long buffered = Math.min(bytes, to - from);
        from += (int) buffered;
        if (bytes > buffered) {
            from = 0;
            to = 0;
            stream().skipNBytes(bytes - buffered);
        }
        offset += bytes;
    }

    private InputStream stream() throws IOException {
        InputStream open = in;
        if (open == null) {
            open = bag.open(parts.get(part));
            in = open;
        }
        return open;
    }

    /** The next line, without its newline; null behind the last. */
    byte @Nullable [] next() throws IOException {
        while (part < parts.size()) {
            int newline = ByteScan.find(buffer, from, to, '\n');
            if (newline < to) {
                byte[] line = Arrays.copyOfRange(buffer, from, newline);
                offset += newline + 1L - from;
                from = newline + 1;
                return line;
            }
            if (!fill()) {
                if (from < to) {
                    throw new EOFException(parts.get(part) + " ends within a line");
                }
                closeStream();
                part++;
                offset = 0;
            }
        }
        return null;
    }

    private boolean fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        if (to == buffer.length) {
            if (buffer.length > BlockReader.MAX_LINE) {
                throw new IOException(parts.get(part) + " has a line of more than " + BlockReader.MAX_LINE + " bytes");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int got = stream().read(buffer, to, buffer.length - to);
        to += Math.max(0, got);
        return got > 0;
    }

    private void closeStream() throws IOException {
        from = 0;
        to = 0;
        if (in != null) {
            in.close();
            in = null;
        }
    }

    @Override
    public void close() throws IOException {
        closeStream();
    }
}
