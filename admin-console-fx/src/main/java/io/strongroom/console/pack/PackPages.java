package io.strongroom.console.pack;

import io.strongroom.evidence.pack.verify.PackRecords;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pack's records as rows; opened when the first are asked for. Thread-safe. */
final class PackPages implements Closeable {
    private final Path pack;
    private @Nullable PackRecords records;
    private boolean closed;

    PackPages(Path pack) {
        this.pack = pack;
    }

    synchronized List<RecordRow> page(long first, int count) throws IOException {
        if (closed) {
            return List.of();
        }
        PackRecords open = records;
        if (open == null) {
            open = PackRecords.open(pack);
            records = open;
        }
        return open.page(first, count).stream().map(RecordRow::of).toList();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (records != null) {
            try {
                records.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
