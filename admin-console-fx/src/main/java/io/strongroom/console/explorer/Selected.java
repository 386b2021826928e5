package io.strongroom.console.explorer;

import io.strongroom.api.Outcome;
import io.strongroom.api.Selection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A question as the selection of a pack, which knows fewer filters. */
final class Selected {
    private static final String LABEL = "label.";

    private Selected() {}

    /** The first filter that no pack can select by; empty where the pack would hold exactly what is found. */
    static Optional<String> unsupported(Question question) {
        return question.filters().stream()
                .filter(filter -> filter.excluded() || !supported(filter.name()))
                .map(Filter::text)
                .findFirst();
    }

    private static boolean supported(String name) {
        return switch (name) {
            case "from", "to", "fromSeq", "toSeq", "stream", "source", "actor", "action", "resource", "outcome" -> true;
            case Filter.WORDS, "sort", Filter.RECORD -> true;
            default -> name.startsWith(LABEL);
        };
    }

    /**
     * What is found up to this place, and no record behind it.
     *
     * @param lastSeq the last place in the ledger that was looked at
     */
    static Selection of(Question question, long lastSeq) {
        Map<String, String> by = question.filters().stream()
                .filter(filter -> !filter.words())
                .collect(Collectors.toMap(Filter::name, Filter::value));
        Map<String, String> labels = new HashMap<>();
        by.forEach((name, value) -> {
            if (name.startsWith(LABEL)) {
                labels.put(name.substring(LABEL.length()), value);
            }
        });
        String words = question.filters().stream()
                .filter(Filter::words)
                .map(Filter::value)
                .collect(Collectors.joining(" "));
        String toSeq = by.get("toSeq");
        String fromSeq = by.get("fromSeq");
        return new Selection(
                fromSeq == null ? null : Long.valueOf(fromSeq),
                toSeq == null ? lastSeq : Math.min(lastSeq, Long.parseLong(toSeq)),
                time(by, "from"),
                time(by, "to"),
                by.get("stream"),
                by.get("source"),
                by.get("actor"),
                by.get("action"),
                by.get("resource"),
                Outcome.ofWire(by.getOrDefault("outcome", "")).orElse(null),
                labels,
                words.isEmpty() ? null : words);
    }

    private static @org.jspecify.annotations.Nullable String time(Map<String, String> by, String name) {
        String value = by.get(name);
        return value == null ? null : Question.asked(name, value);
    }
}
