package io.strongroom.console.explorer;

import io.strongroom.api.QueryItem;
import io.strongroom.api.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A record in the table.
 *
 * @param values what its columns show, by the name that one filters by, and {@code occurredAt}; what is hidden is not here
 * @param hidden the same of fields that are hidden or masked, with what is shown in their place, empty for nothing
 */
record RecordRow(QueryItem item, Map<String, String> values, Map<String, String> hidden) {
    /** What the table has columns of that one can filter by. */
    static final List<String> FIELDS = List.of("stream", "actor", "action", "resource", "outcome", "source");

    private static final String LABELS = "/labels/";
    private static final Map<String, String> NAMES = Map.of(
            "/occurredAt", "occurredAt",
            "/stream", "stream",
            "/source/id", "source",
            "/actor/id", "actor",
            "/actor/type", "actor.type",
            "/action", "action",
            "/resource/id", "resource",
            "/resource/type", "resource.type",
            "/outcome", "outcome");

    RecordRow {
        values = Map.copyOf(values);
        hidden = Map.copyOf(hidden);
    }

    static RecordRow of(QueryItem item) {
        Map<String, String> values = new HashMap<>();
        Map<String, String> hidden = new HashMap<>();
        // A record that is not shown has an entry beside it, which tells these two.
        Json.Obj entry = item.more().object("entry");
        for (String told : List.of("stream", "source")) {
            String value = entry.optionalText(told);
            if (value != null) {
                values.put(told, value);
            }
        }
        for (DetailField field : DetailField.of(item)) {
            filterName(field.pointer()).ifPresent(name -> {
                switch (field.kind()) {
                    case CLEAR, DISCLOSED -> values.put(name, field.value());
                    case MASKED, HIDDEN, ERASED -> hidden.put(name, field.value());
                }
            });
        }
        return new RecordRow(item, values, hidden);
    }

    /** By what name one filters by a field, if one can: {@code actor} by {@code /actor/id}. */
    static Optional<String> filterName(String pointer) {
        if (pointer.startsWith(LABELS)) {
            String label = pointer.substring(LABELS.length());
            return Optional.of("label." + label.replace("~1", "/").replace("~0", "~"));
        }
        return Optional.ofNullable(NAMES.get(pointer));
    }

    long seq() {
        return item.seq();
    }

    String id() {
        return item.recordId();
    }
}
