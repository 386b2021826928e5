package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.pack.PackLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes lines into parts of bounded length. */
final class PartStream implements PackSource.Lines, AutoCloseable {
    private final BagStream bag;
    private final String folder;
    private final long mostBytes;
    private final List<WrittenPart> parts = new ArrayList<>();
    private BagStream.@Nullable FileOutput open;
    private long lines;
    private long firstSeq;
    private long lastSeq = -1;

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
        if (open != null && open.size() + length + 1 > mostBytes) {
            endPart();
        }
        if (open == null) {
            open = bag.open(PackLayout.part(folder, parts.size()), Math.max(mostBytes, length + 1L), true);
            firstSeq = seq;
            lines = 0;
        }
        open.write(bytes, offset, length);
        open.write('\n');
        lastSeq = seq;
        lines++;
        return true;
    }

    private void endPart() throws IOException {
        BagStream.FileOutput file = open;
        if (file != null) {
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

    @Override
    public void close() {
        if (open != null) {
            open.close();
        }
    }
}
