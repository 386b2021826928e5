package io.strongroom.lines;

import io.strongroom.api.AuditRecord;
import io.strongroom.api.Party;
import io.strongroom.api.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of the lines of one file, given in their order. Each record keeps its line whole in {@code attributes.line}; a
 * line too long for one goes over several, numbered in {@code attributes.part}. What a line does not tell is filled in: the
 * time from the line before or the file, the actor from the source, the resource from the file. For one thread.
 */
public final class LineRecords {
    /** How long a line may be in one record, in bytes of JSON: leaves room under the record's 64 KiB for the rest. */
    static final int MOST_LINE_BYTES = 40_000;

    private static final int MOST_DETAIL_CHARS = 256;
    private static final int MOST_ID_CHARS = 500;
    private static final int MOST_TYPE_CHARS = 100;
    private static final int MOST_ACTION_CHARS = 200;

    private final String source;
    private final String stream;
    private final String file;
    private final Instant written;
    private final LineReader reader;

    private @Nullable Instant lastTime;
    private @Nullable LineEvent event;
    private long lines;
    private long understood;
    private int part;

    /**
     * @param source the records' source id
     * @param stream the records' stream
     * @param file what the file is called in the records
     * @param zone of times that name none
     * @param written when the file was last written: no line is later than a day after it
     */
    public LineRecords(String source, String stream, String file, ZoneId zone, Instant written) {
        this.source = source;
        this.stream = stream;
        this.file = file;
        this.written = written;
        this.reader = new FileReaders(new LogTime(zone, written));
    }

    /** The records of an event: a line, and the lines that go on with it. What it tells stands in the first. */
    public List<AuditRecord.Builder> read(byte[] event) {
        return read(event, true, true);
    }

    /**
     * The records of a line or of a piece of one.
     *
     * @param begins whether the line begins with it
     * @param whole whether it also ends
     */
    List<AuditRecord.Builder> read(byte[] bytes, boolean begins, boolean whole) {
        LineText line = LineText.of(bytes);
        if (begins) {
            lines++;
            part = 0;
            Optional<LineEvent> told = reader.read(firstLine(line.text()));
            event = told.orElse(null);
            if (told.isPresent()) {
                understood++;
            }
        }
        List<String> parts = LineText.parts(line.text(), MOST_LINE_BYTES);
        boolean split = parts.size() > 1 || !whole;
        List<AuditRecord.Builder> records = new ArrayList<>(parts.size());
        for (String text : parts) {
            part++;
            records.add(record(text, line.escaped(), split ? part : 0));
        }
        return records;
    }

    /** What tells: of lines that go together the first, of a JSON document all. */
    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 || text.startsWith("{") ? text : text.substring(0, end);
    }

    /** How many lines have been read so far. */
    public long lines() {
        return lines;
    }

    /** How many of them told who, what or when. */
    public long understood() {
        return understood;
    }

    private AuditRecord.Builder record(String text, boolean escaped, int partNumber) {
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
        Party actor = told == null || told.actor() == null ? new Party("LogSource", source) : told.actor();
        Party resource = told == null || told.resource() == null ? new Party("LogFile", file) : told.resource();
        AuditRecord.Builder record = AuditRecord.of(source, clean(action, MOST_ACTION_CHARS), occurred).stream(stream)
                .actor(clean(actor.type(), MOST_TYPE_CHARS), clean(actor.id(), MOST_ID_CHARS))
                .resource(clean(resource.type(), MOST_TYPE_CHARS), clean(resource.id(), MOST_ID_CHARS))
                .label("format", told == null ? "unknown" : told.format())
                .attribute("file", clean(file, MOST_ID_CHARS))
                .attribute("line", text)
                .attribute("timeFrom", timeFrom);
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
        return record;
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
}
