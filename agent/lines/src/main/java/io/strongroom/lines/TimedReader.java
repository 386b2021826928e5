package io.strongroom.lines;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Any line that begins with a time, after a bracket perhaps: takes the time, and a level if one stands next to it. */
final class TimedReader implements LineReader {
    private static final Pattern LEVEL = Pattern.compile(
            "[\\s\\]|:-]*(?:\\[\\s*)?(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL|SEVERE)\\b",
            Pattern.CASE_INSENSITIVE);

    private final LogTime times;

    TimedReader(LogTime times) {
        this.times = times;
    }

    @Override
    public Optional<LineEvent> read(String line) {
        int from = line.startsWith("[") || line.startsWith("(") ? 1 : 0;
        Optional<LogTime.Reading> time = times.iso(line, from);
        if (time.isEmpty()) {
            time = times.syslog(line, from);
        }
        return time.map(reading -> {
            LineEvent.Builder event = LineEvent.of("timed-line").time(reading);
            Matcher level = LEVEL.matcher(line).region(reading.end(), line.length());
            if (level.lookingAt()) {
                event.detail("level", level.group(1));
            }
            return event.build();
        });
    }
}
