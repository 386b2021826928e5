package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.pack.PackLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes lines into parts of bounded length. */
final class PartStream implements PackSource.Lines, AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    private final BagStream bag;
    private final String folder;
    private final long mostBytes;
    private final List<WrittenPart> parts = new ArrayList<>();
    private final byte[] chunk = new byte[CHUNK];
    private int chunked;
    private BagStream.@Nullable FileOutput open;
    private long partBytes;
    private long lines;
    private long firstSeq;
    private long lastSeq = -1;
    private long total;

    PartStream(BagStream bag, String folder, long mostBytes) {
        this.bag = bag;
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    @Override
    public boolean line(long seq, byte[] bytes, int offset, int length) throws IOException {
        if (seq <= lastSeq) {
            throw new IllegalStateException("the source gave seq " + seq + " after " + lastSeq);
        }
        if (open != null && partBytes + length + 1 > mostBytes) {
            endPart();
        }
        if (open == null) {
            open = bag.open(PackLayout.part(folder, parts.size()), Math.max(mostBytes, length + 1L), true);
            firstSeq = seq;
            lines = 0;
            partBytes = 0;
        }
        put(open, bytes, offset, length);
        lastSeq = seq;
        lines++;
        total++;
        return true;
    }

    /** Gathers short lines, so that deflation and digest see few large pieces. */
    private void put(BagStream.FileOutput file, byte[] bytes, int offset, int length) throws IOException {
        if (chunked + length + 1 > CHUNK) {
            flush(file);
        }
        if (length + 1 > CHUNK) {
            file.write(bytes, offset, length);
        } else {
            System.arraycopy(bytes, offset, chunk, chunked, length);
            chunked += length;
        }
        chunk[chunked++] = '\n';
        partBytes += length + 1L;
    }

    private void flush(BagStream.FileOutput file) throws IOException {
        file.write(chunk, 0, chunked);
        chunked = 0;
    }

    private void endPart() throws IOException {
        BagStream.FileOutput file = open;
        if (file != null) {
            flush(file);
            parts.add(new WrittenPart(file.end(), lines, firstSeq, lastSeq));
            file.close();
            open = null;
        }
    }

    /** Ends the last part. */
    List<WrittenPart> end() throws IOException {
        endPart();
        return parts;
    }

    /** Lines in all parts. */
    long total() {
        return total;
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
        }
    }
}
