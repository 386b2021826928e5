package io.strongroom.console.explorer;

import io.strongroom.api.Exclusions;
import io.strongroom.api.Outcome;
import io.strongroom.api.Selection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question as the selection of a pack, which knows fewer filters. */
final class Selected {
    private Selected() {}

    /** The first filter that no pack can select by; empty where the pack would hold exactly what is found. */
    static Optional<String> unsupported(Question question) {
        return question.filters().stream()
                .filter(filter -> !supported(filter))
                .map(Filter::text)
                .findFirst();
    }

    private static boolean supported(Filter filter) {
        if (filter.name().startsWith(Filter.LABEL) || Exclusions.FIELDS.contains(filter.name())) {
            return true;
        }
        return switch (filter.name()) {
            case "from", "to", "fromSeq", "toSeq", "sort", Filter.WORDS, Filter.RECORD -> true;
            default -> false;
        };
    }

    /**
     * What is found up to this place, and no record behind it.
     *
     * @param lastSeq the last place in the ledger that was looked at
     */
    static Selection of(Question question, long lastSeq) {
        Map<String, String> by = new HashMap<>();
        Map<String, String> labels = new HashMap<>();
        Exclusions not = Exclusions.NONE;
        for (Filter filter : question.filters()) {
            String name = filter.name();
            String label = name.startsWith(Filter.LABEL) ? name.substring(Filter.LABEL.length()) : null;
            if (filter.excluded()) {
                not = label == null ? not.and(name, filter.value()) : not.andLabel(label, filter.value());
            } else if (label != null) {
                labels.put(label, filter.value());
            } else {
                by.put(name, filter.value());
            }
        }
        String words = question.words();
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
                words.isEmpty() ? null : words,
                not,
                List.of());
    }

    private static @Nullable String time(Map<String, String> by, String name) {
        String value = by.get(name);
        return value == null ? null : Question.asked(name, value);
    }
}
