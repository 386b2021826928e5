package io.strongroom.lines;

import io.strongroom.api.json.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A log line inside a JSON object: a forwarder's syslog ({@code SyslogMessage}, {@code Computer}), an audit line in a {@code
 * message}, a container's {@code {"log":…,"stream":…,"time":…}}.
 */
final class WrappedLineReader implements JsonLineReader.ObjectReader {
    private final LogTime times;
    private final AuditdReader auditd = new AuditdReader();
    private final MessageReader messages = new MessageReader();
    private final List<LineReader> inner;

    WrappedLineReader(LogTime times) {
        this.times = times;
        this.inner = List.of(new SyslogReader(times), new AccessLogReader(times));
    }

    @Override
    public Optional<LineEvent> read(Json.Obj object) {
        String line = LooseJson.scalar(
                object, "SyslogMessage", "message", "msg", "log", "MESSAGE", "_raw", "raw", "line", "data");
        if (line == null) {
            return Optional.empty();
        }
        String host = LooseJson.scalar(object, "HostName", "Computer", "hostname", "host/name", "host", "node");
        LineEvent.Builder event = LineEvent.of("wrapped");
        if (auditd.read(line.strip(), event)) {
            event.detail("host", host);
            return Optional.of(event.build());
        }
        for (LineReader reader : inner) {
            Optional<LineEvent> told = reader.read(line.strip());
            if (told.isPresent()) {
                return told;
            }
        }
        String program = LooseJson.scalar(
                object,
                "ProcessName",
                "SYSLOG_IDENTIFIER",
                "appname",
                "ident",
                "program",
                "syslog/appname",
                "process/name");
        if (host == null || program == null) {
            return Optional.empty();
        }
        time(object).ifPresent(event::time);
        messages.read(
                new SyslogMessage(host, program, LooseJson.scalar(object, "ProcessID", "pid", "process/pid"), line),
                event);
        return Optional.of(event.format("wrapped-syslog").build());
    }

    private Optional<LogTime.Reading> time(Json.Obj object) {
        @Nullable
        String text = LooseJson.scalar(object, "EventTime", "@timestamp", "timestamp", "time", "TimeGenerated");
        return times.iso(text);
    }
}
