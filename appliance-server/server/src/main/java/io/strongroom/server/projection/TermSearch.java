package io.strongroom.server.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first records that have all of a query's terms, or the first at all where it has none.
 *
 * <p>Segments are looked at in the order in which they can hold the best, until none that is left can hold anything better
 * than what has been found. So a frequent value is found in the first segment; where the first was not enough, the directory
 * tells which of the others have the terms at all.
 */
final class TermSearch {
    private static final int GROWTH = 4;
    private static final int MAX_AT_ONCE = 128;

    private final SegmentReader segments;
    private final Directory directory;

    TermSearch(String tenant) {
        segments = new SegmentReader(tenant);
        directory = new Directory(tenant);
    }

    Hits find(Connection connection, TimelineView view, TimelineQuery query, int count) throws SQLException {
        List<int[]> terms = terms(query);
        Candidates candidates = new Candidates(connection, view, query, terms);
        BestPositions best = new BestPositions(query.order(), count);
        long looked = 0;
        int atOnce = 1;
        while (true) {
            List<Unit> now = candidates.next(atOnce, best.worst());
            if (now.isEmpty()) {
                return new Hits(best.inOrder(), best.dropped() || candidates.hasMore());
            }
            segments.find(connection, now, terms, query, best);
            looked += now.size();
            atOnce = (int) Math.min(MAX_AT_ONCE, atOnce(best, count, looked, atOnce));
        }
    }

    /** As many as will give what is missing, if they are like those before; more and more where that cannot be told. */
    private static long atOnce(BestPositions best, int count, long looked, int before) {
        boolean known = best.size() > 0 && best.size() < count;
        return known ? 1 + Math.ceilDiv((count - best.size()) * looked, best.size()) : GROWTH * before;
    }

    /** The units in the order in which they can hold the best, the unneeded left out as soon as that is known. */
    private final class Candidates {
        /** Units that the directory is asked about at once: a row of it for each run. */
        private static final int WINDOW = 128 * Directory.RUN;

        private final Connection connection;
        private final TimelineQuery query;
        private final List<int[]> terms;
        private final long segmentsEnd;
        private final Deque<Unit> rest;
        private final Deque<Unit> chosen = new ArrayDeque<>();

        Candidates(Connection connection, TimelineView view, TimelineQuery query, List<int[]> terms) {
            this.connection = connection;
            this.query = query;
            this.terms = terms;
            segmentsEnd = TimelineView.segmentsEnd(view.segments());
            rest = new ArrayDeque<>(units(view, query));
            // Whether one is enough for what is frequent is found out sooner by looking.
            choose(1);
        }

        boolean hasMore() {
            return !chosen.isEmpty() || !rest.isEmpty();
        }

        /** The next so many that may hold anything better than {@code worst}; none if there is none. */
        List<Unit> next(int most, @Nullable Position worst) throws SQLException {
            List<Unit> now = new ArrayList<>();
            while (now.size() < most && refill(worst) && canAdd(chosen.element(), worst, query.order())) {
                now.add(chosen.remove());
            }
            return now;
        }

        private boolean refill(@Nullable Position worst) throws SQLException {
            while (chosen.isEmpty() && !rest.isEmpty()) {
                if (worst != null || terms.isEmpty()) {
                    choose(1);
                } else {
                    chosen.addAll(directory.having(connection, terms, take(WINDOW), segmentsEnd));
                }
            }
            return !chosen.isEmpty();
        }

        private void choose(int count) {
            chosen.addAll(take(count));
        }

        private List<Unit> take(int count) {
            List<Unit> taken = new ArrayList<>();
            while (taken.size() < count && !rest.isEmpty()) {
                taken.add(rest.remove());
            }
            return taken;
        }
    }

    /** How the database would go about the first look; reads no record. */
    List<PlanStatement> plan(Connection connection, TimelineView view, TimelineQuery query) throws SQLException {
        List<Long> first = units(view, query).stream()
                .filter(unit -> !unit.isTail())
                .limit(MAX_AT_ONCE)
                .map(unit -> unit.bounds().firstSeq())
                .sorted()
                .toList();
        List<int[]> terms = terms(query);
        List<PlanStatement> plan = new ArrayList<>();
        if (!terms.isEmpty()) {
            plan.add(directory.plan(connection, terms, first));
        }
        plan.addAll(segments.plan(connection, first, terms));
        return plan;
    }

    /** A segment, or the tail as a whole, with its bounds. */
    record Unit(Segment bounds, long endSeq, List<TailBatch> tail) {
        boolean isTail() {
            return !tail.isEmpty();
        }
    }

    private static List<Unit> units(TimelineView view, TimelineQuery query) {
        List<Unit> units = new ArrayList<>();
        for (Segment segment : view.segments()) {
            add(new Unit(segment, segment.endSeq(), List.of()), query, units);
        }
        if (!view.tail().isEmpty()) {
            long min = Long.MAX_VALUE;
            long max = Long.MIN_VALUE;
            for (TailBatch batch : view.tail()) {
                for (int i = 0; i < batch.size(); i++) {
                    min = Math.min(min, batch.occurred(i));
                    max = Math.max(max, batch.occurred(i));
                }
            }
            Segment bounds = new Segment(view.tail().getFirst().firstSeq(), min, max);
            add(new Unit(bounds, view.endSeq(), view.tail()), query, units);
        }
        units.sort(bestFirst(query.order()));
        return units;
    }

    private static void add(Unit unit, TimelineQuery query, List<Unit> units) {
        Segment bounds = unit.bounds();
        boolean apart = unit.endSeq() <= query.fromSeq()
                || bounds.firstSeq() >= query.endSeq()
                || bounds.maxOccurred() < query.fromOccurred()
                || bounds.minOccurred() >= query.endOccurred();
        Position after = query.after();
        if (after != null && !apart) {
            apart = switch (query.order()) {
                case OCCURRED_DESC -> bounds.minOccurred() > after.occurredAt();
                case OCCURRED_ASC -> bounds.maxOccurred() < after.occurredAt();
                case SEQ_DESC -> bounds.firstSeq() >= after.seq();
                case SEQ_ASC -> unit.endSeq() <= after.seq();
            };
        }
        if (!apart) {
            units.add(unit);
        }
    }

    private static Comparator<Unit> bestFirst(Order order) {
        return switch (order) {
            case OCCURRED_DESC ->
                Comparator.comparingLong((Unit unit) -> unit.bounds().maxOccurred())
                        .reversed();
            case OCCURRED_ASC -> Comparator.comparingLong(unit -> unit.bounds().minOccurred());
            case SEQ_DESC ->
                Comparator.comparingLong((Unit unit) -> unit.bounds().firstSeq())
                        .reversed();
            case SEQ_ASC -> Comparator.comparingLong(unit -> unit.bounds().firstSeq());
        };
    }

    /** Whether the unit may hold anything that comes before the worst of those that are kept. */
    private static boolean canAdd(Unit unit, @Nullable Position worst, Order order) {
        if (worst == null) {
            return true;
        }
        return switch (order) {
            case OCCURRED_DESC -> unit.bounds().maxOccurred() >= worst.occurredAt();
            case OCCURRED_ASC -> unit.bounds().minOccurred() <= worst.occurredAt();
            case SEQ_DESC, SEQ_ASC -> false;
        };
    }

    /** The query's terms; of each group a record must have one. */
    static List<int[]> terms(TimelineQuery query) {
        List<int[]> terms = new ArrayList<>();
        for (TimelineQuery.Condition condition : query.conditions()) {
            int[] any = new int[condition.hashes().size() + 1];
            any[0] = TermHash.term(TermHash.of(condition.field(), condition.value()));
            for (int i = 1; i < any.length; i++) {
                any[i] = TermHash.found(condition.hashes().get(i - 1));
            }
            terms.add(any);
        }
        for (String word : query.words()) {
            terms.add(new int[] {TermHash.term(TermHash.of(Field.WORD, word)), ProjectionBatch.OVERFLOW});
        }
        return terms;
    }
}
