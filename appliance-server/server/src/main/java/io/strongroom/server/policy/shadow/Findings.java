package io.strongroom.server.policy.shadow;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.RecordId;
import io.strongroom.policies.diff.Difference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a replay found: how many decisions were made again and how many change, and each change with how often it was seen
 * and a few of its records. It holds names of fields, streams, roles and callers, never what a field holds; and however
 * long the replay, it stays small.
 */
public final class Findings {
    /** Changes that are told one by one; of what comes after them only that there are more. */
    static final int MOST_CHANGES = 500;

    /** Records that are named with a change. */
    static final int MOST_SAMPLES = 5;

    private static final int LONGEST_FIELD = 300;

    private final Map<Decision, Tally> tallies = new EnumMap<>(Decision.class);
    private final Map<Seen, Change> changes = new LinkedHashMap<>();
    private long notTold;

    Findings() {
        for (Decision decision : Decision.values()) {
            tallies.put(decision, new Tally());
        }
    }

    private Tally of(Decision decision) {
        return requireNonNull(tallies.get(decision), "each decision has its tally");
    }

    /** What is decided again. */
    public enum Decision {
        /** What becomes of a record that comes in. */
        INTAKE,
        /** What readers in a role see, or take out, of a record. */
        VISIBILITY,
        /** Whether somebody who read or took out may, and what they see of it. */
        READS
    }

    /** A change, wherever it is seen. */
    private record Seen(Decision decision, String stream, String who, Difference difference) {}

    private static final class Change {
        private long seen;
        private final List<Json> samples = new ArrayList<>();
    }

    /**
     * A decision that was made again.
     *
     * @param stream empty where it is about none
     * @param who the role or the caller that it is about; empty where it is about nobody
     * @param record where it was made: the record, or the record of the reading
     */
    void decided(
            Decision decision, String stream, String who, List<Difference> differences, RecordId record, long seq) {
        of(decision).decided(stream, who, differences);
        for (Difference difference : differences) {
            change(new Seen(decision, stream, who, shortened(difference)), record, seq);
        }
    }

    private static Difference shortened(Difference difference) {
        String pointer = difference.pointer();
        return pointer.length() <= LONGEST_FIELD
                ? difference
                : new Difference(
                        difference.kind(),
                        pointer.substring(0, LONGEST_FIELD) + "…",
                        difference.before(),
                        difference.after());
    }

    private void change(Seen seen, RecordId record, long seq) {
        Change change = changes.get(seen);
        if (change == null) {
            if (changes.size() == MOST_CHANGES) {
                notTold++;
                return;
            }
            change = new Change();
            changes.put(seen, change);
        }
        change.seen++;
        if (change.samples.size() < MOST_SAMPLES) {
            change.samples.add(Json.object()
                    .put("recordId", record.toString())
                    .put("seq", seq)
                    .put("field", seen.difference().pointer())
                    .put("before", seen.difference().before())
                    .put("after", seen.difference().after())
                    .build());
        }
    }

    /** A decision that was made again from what is left of the record, from which something may have been left out. */
    void partly(Decision decision) {
        of(decision).partly++;
    }

    /** A decision that could not be made again. @param why in a word */
    void notRepeated(Decision decision, String why) {
        of(decision).notRepeated.merge(why, 1L, Long::sum);
    }

    // --- Telling

    /** How many decisions of each sort, in a few members. */
    public Json.Obj summary() {
        Json.Builder json = Json.object();
        tallies.forEach((decision, tally) -> json.put(wire(decision), tally.total()));
        return json.build();
    }

    /** All of it. */
    public Json.Obj report() {
        Json.Builder json = Json.object();
        tallies.forEach((decision, tally) -> json.put(wire(decision), tally.report()));
        List<Json> told = new ArrayList<>();
        changes.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue().seen))
                .forEach(entry -> told.add(told(entry.getKey(), entry.getValue())));
        return json.put("changes", new Json.Arr(told))
                .put("changesNotTold", notTold)
                .build();
    }

    private static Json.Obj told(Seen seen, Change change) {
        return Json.object()
                .put("decision", wire(seen.decision()))
                .put("kind", wire(seen.difference().kind()))
                .put("stream", seen.stream().isEmpty() ? null : seen.stream())
                .put("who", seen.who().isEmpty() ? null : seen.who())
                .put("field", seen.difference().pointer())
                .put("before", seen.difference().before())
                .put("after", seen.difference().after())
                .put("seen", change.seen)
                .put("samples", new Json.Arr(change.samples))
                .build();
    }

    static String wire(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
