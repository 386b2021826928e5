package io.strongroom.agent.collect;

import io.strongroom.agent.line.DeviceLines;
import io.strongroom.api.AuditRecord;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.StreamName;
import io.strongroom.lines.LineRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows one log file through its rotations: renamed, copied and cut short, compressed; several times between two looks,
 * too. It holds nothing open and remembers nothing but the position in the queue, so a kill or a day without the agent makes
 * no difference.
 */
final class LogTail {
    private static final int PIECE = 192 << 10;

    /** Most events at once: with what is made of them, they fit in one piece of the queue. */
    private static final int MOST_EVENTS = 100;

    /** How long a line may wait for those that go on with it. */
    private static final long QUIET_MILLIS = 2_000;

    /** Years and zones that lines leave out are guessed anew from time to time. */
    private static final long GUESS_MILLIS = 12L * 3600 * 1000;

    private final Path path;
    private final StreamName stream;
    private final boolean joining;
    private final boolean fromStart;
    private final DeviceLines device;
    private final InstantSource clock;

    /** Whether the log itself was read: then what stood beside it was older. */
    private boolean followed;

    private @Nullable LineRecords reader;
    private long readerSince;

    LogTail(Path path, StreamName stream, boolean joining, boolean fromStart, DeviceLines device, InstantSource clock) {
        this.path = path;
        this.stream = stream;
        this.joining = joining;
        this.fromStart = fromStart;
        this.device = device;
        this.clock = clock;
    }

    /** Takes a piece of what is new; whether there is more at once. */
    boolean read(Intake intake) throws IOException {
        Optional<LogBytes> current = find(path);
        Optional<LogPosition> known = intake.position(LogPosition.key(path)).flatMap(LogPosition::parse);
        if (known.isEmpty()) {
            return current.isPresent() && begin(current.get(), intake);
        }
        if (current.isPresent() && known.get().isIn(current.get())) {
            followed = true;
            return read(current.get(), known.get(), false, intake);
        }
        return readRotated(known.get(), current, intake);
    }

    private static Optional<LogBytes> find(Path file) throws IOException {
        try {
            return Files.isRegularFile(file) ? Optional.of(LogBytes.of(file)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private boolean begin(LogBytes file, Intake intake) throws IOException {
        LogPosition first = fromStart ? LogPosition.beginning(file) : LogPosition.at(file, afterLastLine(file));
        intake.take(List.of(), LogPosition.key(path), first.toString());
        return fromStart && file.size() > 0;
    }

    private static long afterLastLine(LogBytes file) throws IOException {
        long from = Math.max(0, file.size() - PIECE);
        byte[] tail = file.read(from, PIECE);
        int end = tail.length;
        while (end > 0 && tail[end - 1] != '\n') {
            end--;
        }
        return from + end;
    }

    /** The rest of the file that was read last, and then those that came after it. */
    private boolean readRotated(LogPosition known, Optional<LogBytes> current, Intake intake) throws IOException {
        List<LogBytes> older = rotated();
        LogBytes last = null;
        for (LogBytes file : older) {
            if (known.isIn(file)) {
                last = file;
            }
        }
        if (last == null) {
            for (LogBytes file : older) {
                if (last == null && known.isInCopy(file)) {
                    last = file;
                }
            }
        }
        if (last == null && current.isEmpty()) {
            // It may be about to come.
            return false;
        }
        if (last != null && read(last, known, true, intake)) {
            return true;
        }
        if (last != null && !last.isStillThere()) {
            // It moved on once more: the next look finds it.
            return true;
        }
        long since = last == null ? Long.MAX_VALUE : last.written();
        LogBytes lastRead = last;
        Optional<LogBytes> next = older.stream()
                .filter(file -> file.written() > since && !file.equals(lastRead))
                .filter(file -> !isFromBeforeTheClockWasSetBack(file, since))
                .findFirst()
                .or(() -> current);
        if (next.isEmpty()) {
            return false;
        }
        List<AuditRecord.Builder> told = last == null && known.offset() > 0 ? List.of(lost(known)) : List.of();
        reader = null;
        intake.take(
                told, LogPosition.key(path), LogPosition.beginning(next.get()).toString());
        return true;
    }

    /** Written in times to come, and yet older than what was last written by now. */
    private boolean isFromBeforeTheClockWasSetBack(LogBytes file, long lastWritten) {
        long now = clock.millis();
        return followed && file.written() > now && lastWritten <= now;
    }

    private AuditRecord.Builder lost(LogPosition known) {
        return device.about(stream, "Log.Lost", clock.instant())
                .resource("LogFile", path.toString())
                .attribute("file", path.toString())
                .attribute("fromByte", Json.of(known.offset()))
                .attribute("cause", "the file was replaced, and what it had after this byte is in no file beside it");
    }

    /** Files beside it that are what it was, the oldest first. */
    private List<LogBytes> rotated() throws IOException {
        List<LogBytes> found = new ArrayList<>();
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return found;
        }
        String name = String.valueOf(path.getFileName());
        try (var files =
                Files.newDirectoryStream(folder, file -> isRotated(name, String.valueOf(file.getFileName())))) {
            for (Path file : files) {
                find(file).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparingLong(LogBytes::written));
        return found;
    }

    private static boolean isRotated(String name, String other) {
        return other.startsWith(name) && other.substring(name.length()).matches("[.-]\\d[0-9TZ._-]*(\\.gz)?");
    }

    /** Whether something was taken. */
    private boolean read(LogBytes file, LogPosition at, boolean isEnd, Intake intake) throws IOException {
        byte[] piece = file.read(at.offset(), PIECE);
        boolean isFull = piece.length == PIECE;
        // What was written in times to come was written before the clock was set back.
        boolean isQuiet = Math.abs(clock.millis() - file.written()) > QUIET_MILLIS;
        List<LogEvents.Event> events = LogEvents.of(piece, joining, isEnd && !isFull, isQuiet && !isFull);
        if (events.isEmpty() && isFull) {
            // A line without end is cut.
            events = List.of(new LogEvents.Event(piece, piece.length));
        }
        if (events.isEmpty()) {
            return false;
        }
        List<LogEvents.Event> some = events.subList(0, Math.min(events.size(), MOST_EVENTS));
        LineRecords records = reader();
        List<AuditRecord.Builder> made = new ArrayList<>(some.size());
        for (LogEvents.Event event : some) {
            if (event.bytes().length > 0) {
                made.addAll(records.read(event.bytes()));
            }
        }
        long next = at.offset() + some.getLast().end();
        LogPosition after = at.to(file, next);
        if (!file.isStillThere()) {
            // Rotated while it was read: what was read may be another's.
            return false;
        }
        intake.take(made, LogPosition.key(path), after.toString());
        return true;
    }

    private LineRecords reader() {
        LineRecords current = reader;
        long now = clock.millis();
        if (current == null || Math.abs(now - readerSince) > GUESS_MILLIS) {
            current = new LineRecords(
                    device.device().value(),
                    stream.value(),
                    path.toString(),
                    ZoneId.systemDefault(),
                    Instant.ofEpochMilli(now));
            reader = current;
            readerSince = now;
        }
        return current;
    }
}
