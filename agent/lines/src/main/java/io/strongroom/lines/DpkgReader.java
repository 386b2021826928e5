package io.strongroom.lines;

import io.strongroom.api.Outcome;
import java.util.Optional;

/**
 * {@code /var/log/dpkg.log}: {@code 2026-11-21 01:02:03 install curl:amd64 <none> 8.1}, {@code … status installed curl:amd64
 * 8.1}, {@code … startup archives unpack}, {@code … conffile /etc/x install}.
 */
final class DpkgReader implements LineReader {
    private final LogTime times;

    DpkgReader(LogTime times) {
        this.times = times;
    }

    @Override
    public Optional<LineEvent> read(String line) {
        Optional<LogTime.Reading> time = times.iso(line, 0);
        if (time.isEmpty() || time.get().end() >= line.length()) {
            return Optional.empty();
        }
        String[] words = line.substring(time.get().end()).strip().split(" +");
        LineEvent.Builder event =
                LineEvent.of("dpkg").time(time.get()).actor("Process", "dpkg").outcome(Outcome.SUCCESS);
        switch (words[0]) {
            case "install", "upgrade", "remove", "purge", "disappear", "configure", "trigproc" -> {
                if (words.length < 3) {
                    return Optional.empty();
                }
                event.action("Package." + Words.capitalised(words[0])).resource("Package", words[1]);
                event.detail("versionBefore", version(words[2]));
                if (words.length > 3) {
                    event.detail("versionAfter", version(words[3]));
                }
                // These lines are written before dpkg tries; a status line tells how it went.
                event.outcome(Outcome.UNKNOWN);
            }
            case "status" -> {
                if (words.length < 3) {
                    return Optional.empty();
                }
                event.action("Package.Status").resource("Package", words[2]).detail("status", words[1]);
                if (words.length > 3) {
                    event.detail("version", version(words[3]));
                }
            }
            case "startup" -> {
                if (words.length < 2) {
                    return Optional.empty();
                }
                event.action("PackageTool.Start")
                        .resource("PackageTool", "dpkg")
                        .detail(
                                "mode",
                                String.join(" ", java.util.List.of(words).subList(1, words.length)));
            }
            case "conffile" -> {
                if (words.length < 3) {
                    return Optional.empty();
                }
                event.action("ConfigurationFile." + Words.capitalised(words[2])).resource("File", words[1]);
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(event.build());
    }

    private static String version(String word) {
        return word.equals("<none>") ? "" : word;
    }
}
