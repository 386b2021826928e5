package io.strongroom.evidence.pack.verify;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which places of the ledger the lines of each part belong to, as they are walked. For one thread. */
final class PartPlaces {
    private final Map<String, Span> spans = new LinkedHashMap<>();
    private String path = "";
    private long lines;
    private long first;
    private long last;

    /** What the lines of one part belong to: how many they are, the first place and the last. */
    record Span(long lines, long first, long last) {
        @Override
        public String toString() {
            return lines + " lines of the places " + first + " to " + last;
        }
    }

    /** The next line, in this part, belongs to this place. */
    void add(String part, long seq) {
        if (!part.equals(path)) {
            end();
            path = part;
            lines = 0;
            first = seq;
        }
        lines++;
        last = seq;
    }

    private void end() {
        if (!path.isEmpty()) {
            spans.put(path, new Span(lines, first, last));
        }
    }

    /** By the parts' paths; those without a line are not there. */
    Map<String, Span> spans() {
        end();
        return Map.copyOf(spans);
    }
}
