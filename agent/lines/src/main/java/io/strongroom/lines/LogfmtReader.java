package io.strongroom.lines;

import io.strongroom.api.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of {@code name=value} pairs and nothing else: {@code time=2026-11-21T01:02:03Z level=info msg="started"}. */
final class LogfmtReader implements LineReader {
    private static final Pattern LINE =
            Pattern.compile("(?:[A-Za-z_@][\\w.@-]*=(?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^\\s\"]*+)(?:\\s++|$)){2,}+");
    private static final Pattern PAIR =
            Pattern.compile("([A-Za-z_@][\\w.@-]*)=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\"]*+))");

    private final PlainJsonReader members;

    LogfmtReader(LogTime times) {
        this.members = new PlainJsonReader(times);
    }

    @Override
    public Optional<LineEvent> read(String line) {
        // The pattern's repetition takes stack for each pair; a line beyond this is no longer a person's log line.
        if (line.length() > 16_384 || !LINE.matcher(line).matches()) {
            return Optional.empty();
        }
        Map<String, Json> pairs = new LinkedHashMap<>();
        Matcher pair = PAIR.matcher(line);
        while (pair.find()) {
            String value = pair.group(2) != null ? pair.group(2) : pair.group(3);
            pairs.putIfAbsent(pair.group(1), Json.of(value));
        }
        return members.read(new Json.Obj(pairs)).filter(event -> event.time() != null);
    }
}
