package io.strongroom.installer.lines;

import io.strongroom.api.AuditRecord;
import io.strongroom.api.Party;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of one log file, one for each line, in order. Each keeps its line whole in {@code attributes.line}; a line too
 * long for one record goes over several, numbered in {@code attributes.part}. What a line does not tell is filled in: the
 * time from the line before or the file, the actor from the source, the resource from the file.
 */
public final class LogRecords implements Iterator<AuditRecord>, AutoCloseable {
    /** The stream that the records go to. */
    public static final String STREAM = "audit.logs";

    /** How long a line may be in one record, in bytes of JSON: leaves room under the record's 64 KiB for the rest. */
    static final int MOST_LINE_BYTES = 40_000;

    /** Files beyond this are read by lines even if they are one JSON document. */
    private static final int MOST_DOCUMENT_BYTES = 64 * 1024 * 1024;

    private static final int MOST_DETAIL_CHARS = 256;
    private static final int MOST_ID_CHARS = 500;
    private static final int MOST_TYPE_CHARS = 100;
    private static final int MOST_ACTION_CHARS = 200;

    private final LogFile file;
    private final LineReader reader;
    private final Instant written;
    private final InputStream in;
    private final LineSplitter splitter;
    private final Deque<AuditRecord> ready = new ArrayDeque<>();

    private @Nullable Iterator<byte[]> documents;
    private LineSplitter.@Nullable Piece pushedBack;
    private @Nullable Instant lastTime;
    private @Nullable LineEvent event;
    private long lines;
    private long understood;
    private long sequence;
    private int part;

    /** Opens the file; times without a zone are taken to be in {@code zone}. */
    public LogRecords(LogFile file, ZoneId zone) throws IOException {
        this.file = file;
        this.written = file.written();
        this.reader = new FileReaders(new LogTime(zone, written));
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
        return lines;
    }

    /** How many of them told who, what or when. */
    public long understood() {
        return understood;
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
        LineText line = LineText.of(piece.bytes());
        if (piece.begins()) {
            lines++;
            part = 0;
            Optional<LineEvent> told = reader.read(line.text());
            event = told.orElse(null);
            if (told.isPresent()) {
                understood++;
            }
        }
        List<String> parts = LineText.parts(line.text(), MOST_LINE_BYTES);
        boolean split = parts.size() > 1 || !piece.begins() || piece.bytes().length == LineSplitter.MOST;
        for (String text : parts) {
            part++;
            ready.addLast(record(text, line.escaped(), split ? part : 0));
        }
    }

    private AuditRecord record(String text, boolean escaped, int partNumber) {
        LineEvent told = event;
        Instant time = told == null ? null : told.time();
        if (time != null && !LogTime.inRange(time)) {
            time = null;
        }
        String timeFrom = time == null
                ? (lastTime == null ? "file" : "line before")
                : told != null && told.assumed() != null ? "line; " + told.assumed() + " assumed" : "line";
        if (time != null) {
            lastTime = time;
        }
        Instant occurred = time != null ? time : lastTime != null ? lastTime : written;
        String action = told == null || told.action() == null ? "Log.Line" : told.action();
        Party actor = told == null || told.actor() == null ? new Party("LogSource", file.source()) : told.actor();
        Party resource = told == null || told.resource() == null ? new Party("LogFile", file.name()) : told.resource();
        AuditRecord.Builder record = AuditRecord.of(file.source(), clean(action, MOST_ACTION_CHARS), occurred).stream(
                        STREAM)
                .sequence(sequence++)
                .actor(clean(actor.type(), MOST_TYPE_CHARS), clean(actor.id(), MOST_ID_CHARS))
                .resource(clean(resource.type(), MOST_TYPE_CHARS), clean(resource.id(), MOST_ID_CHARS))
                .label("format", told == null ? "unknown" : told.format())
                .attribute("file", clean(file.name(), MOST_ID_CHARS))
                .attribute("line", text)
                .attribute("timeFrom", timeFrom);
        if (file.fromByte() == 0) {
            record.attribute("lineNumber", Json.of(lines));
        }
        if (told != null) {
            record.outcome(told.outcome());
            told.details().forEach((name, value) -> record.attribute(name, clean(value, MOST_DETAIL_CHARS)));
        }
        if (partNumber > 0) {
            record.attribute("part", Json.of(partNumber));
        }
        if (escaped) {
            record.attribute("lineEncoding", "bytes that are not UTF-8 as \\xHH, a backslash as \\\\");
        }
        return record.build();
    }

    /** Fit for a name: short, without control characters or half surrogate pairs. The line itself keeps everything. */
    private static String clean(String text, int chars) {
        String plain = text.strip()
                .codePoints()
                .map(c -> Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain.isBlank() ? "unknown" : Words.clipped(plain, chars);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
