package io.strongroom.lines;

import io.strongroom.api.Outcome;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /var/log/apt/history.log}: stanzas of {@code Start-Date}, {@code Commandline}, {@code Requested-By}, {@code
 * Install}, …, {@code End-Date}. Time, command and user of a stanza belong to each of its lines, as far as they came
 * before it.
 */
final class AptHistoryReader implements LineReader {
    private static final Pattern FIELD = Pattern.compile("([A-Z][A-Za-z-]+): ?(.*)");
    private static final Pattern USER = Pattern.compile("(\\S+) \\((\\d+)\\)");
    private static final Set<String> CHANGES =
            Set.of("Install", "Upgrade", "Remove", "Purge", "Reinstall", "Downgrade");
    private static final Set<String> FIELDS =
            Set.of("Start-Date", "Commandline", "Requested-By", "Comment", "Error", "End-Date");

    private final LogTime times;

    private boolean inStanza;
    private LogTime.@Nullable Reading time;
    private @Nullable String command;
    private @Nullable String user;

    AptHistoryReader(LogTime times) {
        this.times = times;
    }

    @Override
    public Optional<LineEvent> read(String line) {
        Matcher field = FIELD.matcher(line);
        if (!field.matches() || !(FIELDS.contains(field.group(1)) || CHANGES.contains(field.group(1)))) {
            return Optional.empty();
        }
        String name = field.group(1);
        String value = field.group(2);
        if (name.equals("Start-Date")) {
            Optional<LogTime.Reading> start = times.iso(value);
            if (start.isEmpty()) {
                return Optional.empty();
            }
            inStanza = true;
            time = start.get();
            command = null;
            user = null;
        } else if (!inStanza) {
            return Optional.empty();
        }
        return Optional.of(event(name, value));
    }

    private LineEvent event(String name, String value) {
        LineEvent.Builder event = LineEvent.of("apt-history").time(time);
        switch (name) {
            case "Start-Date" -> event.action("PackageTransaction.Start");
            case "Commandline" -> {
                command = value;
                event.action("PackageTransaction.Command");
            }
            case "Requested-By" -> {
                Matcher who = USER.matcher(value);
                user = who.matches() ? who.group(1) : value;
                event.action("PackageTransaction.Request");
            }
            case "End-Date" -> {
                times.iso(value).ifPresent(event::time);
                event.action("PackageTransaction.End");
                inStanza = false;
            }
            case "Error" -> event.action("PackageTransaction.Error").outcome(Outcome.FAILURE);
            case "Comment" -> event.action("PackageTransaction.Comment");
            default ->
                event.action("Packages." + name)
                        .resource("Packages", packages(value))
                        .detail("count", Integer.toString(count(value)))
                        .outcome(Outcome.SUCCESS);
        }
        if (user != null) {
            event.actor("User", user);
        }
        return event.actorOr("Process", "apt")
                .resourceOr("PackageTool", "apt")
                .detail("command", command)
                .build();
    }

    /** {@code curl:amd64 (8.1), git:amd64 (2.1, automatic)} as {@code curl:amd64 git:amd64}. */
    private static String packages(String value) {
        return Words.clipped(value.replaceAll(" \\([^)]*\\)", "").replace(",", ""), 200);
    }

    private static int count(String value) {
        return value.replaceAll("\\([^)]*\\)", "").split(",", -1).length;
    }
}
