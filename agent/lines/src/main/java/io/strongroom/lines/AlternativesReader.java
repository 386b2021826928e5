package io.strongroom.lines;

import io.strongroom.api.Outcome;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /var/log/alternatives.log}: {@code update-alternatives 2026-11-21 01:02:03: link group awk updated to point to …}. */
final class AlternativesReader implements LineReader {
    private static final String BEGIN = "update-alternatives ";
    private static final Pattern LINK = Pattern.compile("link group (\\S+) (.*)");
    private static final Pattern RUN = Pattern.compile("run with (?:--quiet )?(--\\S+)(?: (\\S+))?.*");

    private final LogTime times;

    AlternativesReader(LogTime times) {
        this.times = times;
    }

    @Override
    public Optional<LineEvent> read(String line) {
        if (!line.startsWith(BEGIN)) {
            return Optional.empty();
        }
        Optional<LogTime.Reading> time = times.iso(line, BEGIN.length());
        if (time.isEmpty() || !line.startsWith(": ", time.get().end())) {
            return Optional.empty();
        }
        String message = line.substring(time.get().end() + 2);
        LineEvent.Builder event = LineEvent.of("alternatives")
                .time(time.get())
                .actor("Process", "update-alternatives")
                .action("Alternative.Note")
                .resource("Host", "localhost");
        Matcher link = LINK.matcher(message);
        Matcher run = RUN.matcher(message);
        if (link.matches()) {
            event.action(link.group(2).contains("updated to point to") ? "Alternative.Update" : "Alternative.Change")
                    .resource("Alternative", link.group(1))
                    .detail("change", link.group(2))
                    .outcome(Outcome.SUCCESS);
        } else if (run.matches()) {
            event.action("Alternative.Run").detail("mode", run.group(1)).resource("Alternative", run.group(2));
        }
        return Optional.of(event.build());
    }
}
