package io.strongroom.server.policy;

import io.strongroom.policies.PolicyBundle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often each rule of one bundle decided what since that was last taken, with a few examples. Counting is one look-up
 * and one addition, for any number of threads; what is kept is bounded by the bundle's rules, however much is asked.
 */
final class DecisionCounts {
    /** Counts that are told apart at one point; those that are less frequent are added up under {@link #OTHERS}. */
    static final int MOST_RULES = 100;

    /** Examples of one outcome of one rule: one where it was only allowed. */
    static final int MOST_SAMPLES = 3;

    /** Examples that are given of one point. */
    static final int MOST_SAMPLES_OF_POINT = 10;

    static final String OTHERS = "others";

    private final PolicyBundle bundle;
    private final Map<Key, Cell> cells = new ConcurrentHashMap<>();

    DecisionCounts(PolicyBundle bundle) {
        this.bundle = bundle;
    }

    /** What was decided about. */
    enum Point {
        /** Whether and how a record is taken in. */
        WRITE,
        /** Whether it may stand in this region; allowing is part of the above. */
        RESIDENCY,
        /** Whether a person may do something. */
        OPERATION,
        /** What somebody sees of a record. */
        READ,
        /** Whether somebody may ask for a pack. */
        EXPORT,
        /** What somebody gets of a record in a pack. */
        EXPORTED_RECORD;

        String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How. */
    enum Outcome {
        ALLOWED,
        /** In part, or for some records only. */
        RESTRICTED,
        /** It could not be decided, and took the most restrictive outcome. */
        UNDECIDED,
        DENIED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is counted by. */
    record Key(Point point, Outcome outcome, String rule) {}

    /** One number, and what of it is shown as examples. */
    private static final class Cell {
        private final LongAdder count = new LongAdder();
        private final AtomicInteger room;
        private final Queue<Map<String, Object>> samples = new ConcurrentLinkedQueue<>();
        private final int most;

        private Cell(Outcome outcome) {
            most = outcome == Outcome.ALLOWED ? 1 : MOST_SAMPLES;
            room = new AtomicInteger(most);
        }
    }

    /** An example, which is asked for only where it is wanted. Holds nothing of what a record says. */
    @FunctionalInterface
    interface Sample {
        /** A map that may be added to. */
        Map<String, Object> make();
    }

    void count(Point point, Outcome outcome, String rule, Sample sample) {
        Key key = new Key(point, outcome, rule);
        Cell known = cells.get(key);
        Cell cell = known != null ? known : cells.computeIfAbsent(key, each -> new Cell(each.outcome()));
        cell.count.increment();
        if (cell.room.get() > 0 && cell.room.getAndDecrement() > 0) {
            Map<String, Object> made = sample.make();
            made.put("outcome", outcome.wire());
            if (!rule.isEmpty()) {
                made.put("rule", rule);
            }
            cell.samples.add(made);
        }
    }

    /** Whether nothing was decided since {@link #take}, and nothing is counted that was not taken. */
    boolean isOver() {
        return cells.values().stream().allMatch(cell -> cell.count.sum() == 0);
    }

    PolicyBundle bundle() {
        return bundle;
    }

    /** A count that was taken. */
    record Taken(Key key, long count) {}

    /** What was counted at a point, the most frequent first. */
    record Counted(List<Taken> counts, List<Map<String, Object>> samples) {
        boolean refuses() {
            return counts.stream()
                    .anyMatch(taken -> taken.key().outcome() == Outcome.DENIED
                            || taken.key().outcome() == Outcome.UNDECIDED);
        }
    }

    /** Takes what was counted at a point, which begins anew; empty where nothing was decided. For one thread at a time. */
    Counted take(Point point) {
        List<Taken> counts = new ArrayList<>();
        List<Map<String, Object>> refusing = new ArrayList<>();
        List<Map<String, Object>> allowing = new ArrayList<>();
        cells.forEach((key, cell) -> {
            long count = key.point() == point ? cell.count.sumThenReset() : 0;
            if (count > 0) {
                counts.add(new Taken(key, count));
                List<Map<String, Object>> samples = key.outcome() == Outcome.ALLOWED ? allowing : refusing;
                for (var sample = cell.samples.poll(); sample != null; sample = cell.samples.poll()) {
                    samples.add(sample);
                }
                cell.room.set(cell.most);
            }
        });
        refusing.addAll(allowing);
        return new Counted(
                most(counts), List.copyOf(refusing.subList(0, Math.min(MOST_SAMPLES_OF_POINT, refusing.size()))));
    }

    private static List<Taken> most(List<Taken> counts) {
        counts.sort(Comparator.comparingLong(Taken::count).reversed());
        if (counts.size() <= MOST_RULES) {
            return List.copyOf(counts);
        }
        List<Taken> most = new ArrayList<>(counts.subList(0, MOST_RULES));
        Map<Outcome, Long> others = new EnumMap<>(Outcome.class);
        counts.subList(MOST_RULES, counts.size())
                .forEach(taken -> others.merge(taken.key().outcome(), taken.count(), Long::sum));
        Point point = counts.getFirst().key().point();
        others.forEach((outcome, count) -> most.add(new Taken(new Key(point, outcome, OTHERS), count)));
        return List.copyOf(most);
    }
}
