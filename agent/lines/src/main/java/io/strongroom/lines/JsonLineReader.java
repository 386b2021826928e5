package io.strongroom.lines;

import io.strongroom.api.json.Json;
import java.util.List;
import java.util.Optional;

/** A line that is a JSON object: CloudTrail, Windows events, audit records, the journal, containers' logs, and any other. */
final class JsonLineReader implements LineReader {
    /** Reads one kind of JSON object. */
    interface ObjectReader {
        /** What the object tells; empty if it is not of this kind. */
        Optional<LineEvent> read(Json.Obj object);
    }

    private final List<ObjectReader> kinds;

    JsonLineReader(LogTime times) {
        this.kinds = List.of(
                new CloudTrailReader(times),
                new WindowsEventReader(times),
                new JournalReader(),
                new WrappedLineReader(times),
                new PlainJsonReader(times));
    }

    @Override
    public Optional<LineEvent> read(String line) {
        String text = line.strip();
        if (!text.startsWith("{")) {
            return Optional.empty();
        }
        return LooseJson.object(text).flatMap(object -> kinds.stream()
                .map(kind -> kind.read(object))
                .flatMap(Optional::stream)
                .findFirst());
    }
}
