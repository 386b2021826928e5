package io.strongroom.lines;

import io.strongroom.api.Outcome;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /var/log/apt/term.log}: what dpkg said between {@code Log started:} and {@code Log ended:}. */
final class AptTermReader implements LineReader {
    private static final Pattern LOG = Pattern.compile("Log (started|ended): (.*)");
    private static final Pattern STEP =
            Pattern.compile("(Setting up|Unpacking|Removing|Purging configuration files for|Processing triggers for"
                    + "|Selecting previously unselected package|Preparing to unpack) (\\S+?)(?:\\.| .*)?");
    private static final Pattern TROUBLE = Pattern.compile("(dpkg|E|Errors?)\\b.*:.*");

    private final LogTime times;

    private boolean started;
    private LogTime.@Nullable Reading time;

    AptTermReader(LogTime times) {
        this.times = times;
    }

    @Override
    public Optional<LineEvent> read(String line) {
        Matcher log = LOG.matcher(line);
        if (log.matches()) {
            Optional<LogTime.Reading> when = times.iso(log.group(2));
            if (when.isEmpty()) {
                return Optional.empty();
            }
            started = log.group(1).equals("started");
            time = when.get();
            return Optional.of(event().action(started ? "PackageTransaction.Start" : "PackageTransaction.End")
                    .resource("PackageTool", "apt")
                    .build());
        }
        if (!started) {
            return Optional.empty();
        }
        Matcher step = STEP.matcher(line);
        if (step.matches()) {
            return Optional.of(event().action(action(step.group(1)))
                    .resource("Package", step.group(2))
                    .build());
        }
        LineEvent.Builder event = event().action("PackageTool.Output").resource("PackageTool", "dpkg");
        if (TROUBLE.matcher(line).matches()) {
            event.action("PackageTool.Error").outcome(Outcome.FAILURE);
        }
        return Optional.of(event.build());
    }

    private LineEvent.Builder event() {
        return LineEvent.of("apt-term").time(time).actor("Process", "dpkg");
    }

    private static String action(String step) {
        return switch (step) {
            case "Setting up" -> "Package.Configure";
            case "Unpacking" -> "Package.Unpack";
            case "Removing" -> "Package.Remove";
            case "Purging configuration files for" -> "Package.Purge";
            case "Processing triggers for" -> "Package.Trigproc";
            case "Preparing to unpack" -> "Package.Prepare";
            default -> "Package.Select";
        };
    }
}
