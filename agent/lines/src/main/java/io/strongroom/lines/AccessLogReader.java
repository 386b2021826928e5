package io.strongroom.lines;

import io.strongroom.api.Outcome;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A web server's access log in the common or combined form. */
final class AccessLogReader implements LineReader {
    private static final Pattern LINE = Pattern.compile(
            "(?:\\S+:\\d+ )?(\\S+) \\S+ (\\S+) \\[([^\\]]+)\\] \"(?:([A-Z]+) (\\S+)(?: [^\"]*)?|[^\"]*)\" (\\d{3}) (\\S+)(?: .*)?");

    private final LogTime times;

    AccessLogReader(LogTime times) {
        this.times = times;
    }

    @Override
    public Optional<LineEvent> read(String line) {
        Matcher m = LINE.matcher(line);
        if (!m.matches()) {
            return Optional.empty();
        }
        Optional<LogTime.Reading> time = times.commonLog(m.group(3));
        if (time.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(LineEvent.of("access-log")
                .time(time.get())
                .actor("User", m.group(2))
                .actorOr("Address", m.group(1))
                .action(m.group(4) == null ? "Http.Request" : "Http." + m.group(4))
                .resource("Path", m.group(5))
                .outcome(m.group(6).charAt(0) >= '4' ? Outcome.FAILURE : Outcome.SUCCESS)
                .detail("address", m.group(1))
                .detail("status", m.group(6))
                .build());
    }
}
