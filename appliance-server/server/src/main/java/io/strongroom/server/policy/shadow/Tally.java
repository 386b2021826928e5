package io.strongroom.server.policy.shadow;

import io.strongroom.api.json.Json;
import io.strongroom.policies.diff.Difference;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts decisions of one sort: in all, by stream, by whom they are about, and by what changes. */
final class Tally {
    /** Streams, and people, that are counted each by itself. */
    private static final int MOST_NAMES = 1_000;

    private static final String OTHERS = "(others)";

    final Map<String, Long> notRepeated = new TreeMap<>();
    long partly;

    private final Count all = new Count();
    private final Map<String, Count> byStream = new TreeMap<>();
    private final Map<String, Count> byWho = new TreeMap<>();
    private final Map<String, Long> byKind = new TreeMap<>();

    private static final class Count {
        private long decided;
        private long changed;

        void add(boolean change) {
            decided++;
            changed += change ? 1 : 0;
        }

        Json.Builder json() {
            return Json.object().put("decided", decided).put("changed", changed);
        }
    }

    void decided(String stream, String who, List<Difference> differences) {
        boolean change = !differences.isEmpty();
        all.add(change);
        add(byStream, stream, change);
        add(byWho, who, change);
        TreeSet<String> kinds = new TreeSet<>();
        differences.forEach(difference -> kinds.add(Findings.wire(difference.kind())));
        kinds.forEach(kind -> byKind.merge(kind, 1L, Long::sum));
    }

    private static void add(Map<String, Count> counts, String name, boolean change) {
        if (!name.isEmpty()) {
            String counted = counts.containsKey(name) || counts.size() < MOST_NAMES ? name : OTHERS;
            counts.computeIfAbsent(counted, any -> new Count()).add(change);
        }
    }

    Json.Obj total() {
        return all.json()
                .put("partly", partly)
                .put(
                        "notRepeated",
                        notRepeated.values().stream().mapToLong(Long::longValue).sum())
                .build();
    }

    Json.Obj report() {
        return all.json()
                .put("partly", partly)
                .put("notRepeated", numbers(notRepeated))
                .put("byKind", numbers(byKind))
                .put("byStream", counts(byStream))
                .put("byWho", counts(byWho))
                .build();
    }

    private static Json.Obj numbers(Map<String, Long> numbers) {
        Json.Builder json = Json.object();
        numbers.forEach(json::put);
        return json.build();
    }

    private static Json.Obj counts(Map<String, Count> counts) {
        Json.Builder json = Json.object();
        counts.forEach((name, count) -> json.put(name, count.json().build()));
        return json.build();
    }
}
