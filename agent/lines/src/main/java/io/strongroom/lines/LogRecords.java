package io.strongroom.lines;

import io.strongroom.api.AuditRecord;
import io.strongroom.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The records of one log file, one for each line, in order. Each keeps its line whole in {@code attributes.line}; a line too
 * long for one record goes over several, numbered in {@code attributes.part}. What a line does not tell is filled in: the
 * time from the line before or the file, the actor from the source, the resource from the file.
 */
public final class LogRecords implements Iterator<AuditRecord>, AutoCloseable {
    /** The stream that the records go to. */
    public static final String STREAM = "audit.logs";

    /** Files beyond this are read by lines even if they are one JSON document. */
    private static final int MOST_DOCUMENT_BYTES = 64 * 1024 * 1024;

    private final LogFile file;
    private final LineRecords reader;
    private final InputStream in;
    private final LineSplitter splitter;
    private final Deque<AuditRecord> ready = new ArrayDeque<>();

    private @Nullable Iterator<byte[]> documents;
    private LineSplitter.@Nullable Piece pushedBack;
    private long sequence;

    /** Opens the file; times without a zone are taken to be in {@code zone}. */
    public LogRecords(LogFile file, ZoneId zone) throws IOException {
        this.file = file;
        Instant written = file.written();
        this.reader = new LineRecords(file.source(), STREAM, file.name(), zone, written);
        this.in = file.open();
        this.splitter = new LineSplitter(in);
        try {
            this.pushedBack = splitter.next();
            if (pushedBack != null && file.fromByte() == 0 && JsonDocuments.isDocument(pushedBack.bytes())) {
                documents = wholeDocument();
            }
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private @Nullable Iterator<byte[]> wholeDocument() throws IOException {
        try (InputStream again = file.open()) {
            byte[] whole = again.readNBytes(MOST_DOCUMENT_BYTES + 1);
            return whole.length > MOST_DOCUMENT_BYTES
                    ? null
                    : JsonDocuments.events(whole).map(List::iterator).orElse(null);
        }
    }

    /** How many lines have been read so far. */
    public long lines() {
        return reader.lines();
    }

    /** How many of them told who, what or when. */
    public long understood() {
        return reader.understood();
    }

    @Override
    public boolean hasNext() {
        try {
            while (ready.isEmpty()) {
                LineSplitter.Piece piece = nextPiece();
                if (piece == null) {
                    return false;
                }
                take(piece);
            }
            return true;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read " + file.path() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public AuditRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more lines in " + file.path());
        }
        return ready.removeFirst();
    }

    private LineSplitter.@Nullable Piece nextPiece() throws IOException {
        if (documents != null) {
            return documents.hasNext() ? new LineSplitter.Piece(documents.next(), true) : null;
        }
        if (pushedBack != null) {
            LineSplitter.Piece piece = pushedBack;
            pushedBack = null;
            return piece;
        }
        return splitter.next();
    }

    private void take(LineSplitter.Piece piece) {
        boolean whole = piece.begins() && piece.bytes().length < LineSplitter.MOST;
        for (AuditRecord.Builder record : reader.read(piece.bytes(), piece.begins(), whole)) {
            if (file.fromByte() == 0) {
                record.attribute("lineNumber", Json.of(reader.lines()));
            }
            ready.addLast(record.sequence(sequence++).build());
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
