package io.strongroom.lines;

import java.util.List;
import java.util.Optional;

/** All readers for one file, asked in turn: the most certain kinds first. */
final class FileReaders implements LineReader {
    private final List<LineReader> readers;

    FileReaders(LogTime times) {
        this.readers = List.of(
                new JsonLineReader(times),
                new AuditdReader(),
                new DpkgReader(times),
                new AlternativesReader(times),
                new AptHistoryReader(times),
                new AptTermReader(times),
                new SyslogReader(times),
                new AccessLogReader(times),
                new PostgresReader(times),
                new LogfmtReader(times),
                new TimedReader(times),
                new BareMessageReader());
    }

    @Override
    public Optional<LineEvent> read(String line) {
        for (LineReader reader : readers) {
            Optional<LineEvent> event = reader.read(line);
            if (event.isPresent()) {
                return event;
            }
        }
        return Optional.empty();
    }
}
