package io.strongroom.server.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first records that have all of a query's terms, or the first at all where it has none.
 *
 * <p>Segments are looked at in the order in which they can hold the best, more and more at a time, until none that is left
 * can hold anything better than what has been found. So a frequent value is found in the first segment, and a rare one
 * costs one short row of each.
 */
final class TermSearch {
    private static final int GROWTH = 4;
    private static final int MAX_AT_ONCE = 128;

    private final SegmentReader segments;

    TermSearch(String tenant) {
        segments = new SegmentReader(tenant);
    }

    Hits find(Connection connection, TimelineView view, TimelineQuery query, int count) throws SQLException {
        List<Unit> units = units(view, query);
        BestPositions best = new BestPositions(query.order(), count);
        List<int[]> terms = terms(query);
        int next = 0;
        int atOnce = 1;
        while (next < units.size()) {
            List<Unit> now = new ArrayList<>();
            while (now.size() < atOnce && next < units.size() && canAdd(units.get(next), best.worst(), query.order())) {
                now.add(units.get(next++));
            }
            if (now.isEmpty()) {
                break;
            }
            segments.find(connection, now, terms, query, best);
            atOnce = Math.min(GROWTH * atOnce, MAX_AT_ONCE);
        }
        return new Hits(best.inOrder(), best.dropped() || next < units.size());
    }

    /** How the database would go about the first look; reads no record. */
    List<PlanStatement> plan(Connection connection, TimelineView view, TimelineQuery query) throws SQLException {
        List<Long> first = units(view, query).stream()
                .filter(unit -> !unit.isTail())
                .limit(MAX_AT_ONCE)
                .map(unit -> unit.bounds().firstSeq())
                .sorted()
                .toList();
        return segments.plan(connection, first, terms(query));
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
