package io.strongroom.lines;

import io.strongroom.api.Outcome;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's own log: {@code 2026-11-21 01:02:03.004 UTC [12] app@orders LOG:  connection authorized: …}. */
final class PostgresReader implements LineReader {
    private static final Pattern REST = Pattern.compile(
            "(?: [A-Z]{2,5})? \\[(\\d+)(?:-\\d+)?\\] (?:(\\S+)@(\\S+) )?(LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|INFO|DETAIL|HINT|STATEMENT|CONTEXT): +(.*)",
            Pattern.DOTALL);
    private static final Pattern AUTHORIZED =
            Pattern.compile("connection authorized: user=(\\S+)(?: database=(\\S+))?.*");
    private static final Pattern REFUSED =
            Pattern.compile("(?:password|\\S+) authentication failed for user \"([^\"]*)\".*");

    private final LogTime times;

    PostgresReader(LogTime times) {
        this.times = times;
    }

    @Override
    public Optional<LineEvent> read(String line) {
        Optional<LogTime.Reading> time = times.iso(line, 0);
        if (time.isEmpty()) {
            return Optional.empty();
        }
        Matcher m = REST.matcher(line).region(time.get().end(), line.length());
        if (!m.matches()) {
            return Optional.empty();
        }
        String level = m.group(4);
        LineEvent.Builder event = LineEvent.of("postgresql")
                .time(time.get())
                .detail("pid", m.group(1))
                .detail("level", level)
                .actor("User", m.group(2))
                .resource("Database", m.group(3))
                .outcome(level.matches("ERROR|FATAL|PANIC") ? Outcome.FAILURE : Outcome.UNKNOWN);
        Matcher authorized = AUTHORIZED.matcher(m.group(5));
        Matcher refused = REFUSED.matcher(m.group(5));
        if (authorized.matches()) {
            event.action("Session.Login")
                    .actor("User", authorized.group(1))
                    .resource("Database", authorized.group(2))
                    .outcome(Outcome.SUCCESS);
        } else if (refused.matches()) {
            event.action("Session.Login").actor("User", refused.group(1));
        } else {
            event.action("Database." + Words.capitalised(level.toLowerCase(java.util.Locale.ROOT)));
        }
        return Optional.of(event.actorOr("Process", "postgres")
                .resourceOr("Service", "postgresql")
                .build());
    }
}
