package io.strongroom.server.projection;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks terms up in a number of segments at once, and gives the records' places and times. */
final class SegmentReader {
    /** From so many hits in a segment on, all its times are read instead of those of single records. */
    private static final int DENSE = 32;

    private static final int KEPT_TIMES = 32;

    private final String tenant;
    private final TimelinePages pages;
    private final Map<Long, Times> recentTimes = new LinkedHashMap<>(KEPT_TIMES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Times> eldest) {
            return size() > KEPT_TIMES;
        }
    };

    /** The times of a segment; its bounds tell whether it is still the same after a rebuild. */
    private record Times(Segment segment, long[] occurred) {}

    private record Match(TermSearch.Unit unit, int[] offsets) {
        long seq(int index) {
            return unit.bounds().firstSeq() + offsets[index];
        }
    }

    SegmentReader(String tenant) {
        this.tenant = tenant;
        pages = new TimelinePages(tenant);
    }

    void find(
            Connection connection,
            List<TermSearch.Unit> units,
            List<int[]> terms,
            TimelineQuery query,
            BestPositions best)
            throws SQLException {
        List<Long> segments = units.stream()
                .filter(unit -> !unit.isTail())
                .map(unit -> unit.bounds().firstSeq())
                .sorted()
                .toList();
        Map<Long, Map<Integer, byte[]>> postings =
                BucketTable.POSTINGS.read(connection, tenant, BucketTable.bucketsOf(terms), segments);
        List<Match> matches = new ArrayList<>();
        for (TermSearch.Unit unit : units) {
            long firstSeq = unit.bounds().firstSeq();
            Offsets offsets = offsets(unit, terms, postings.getOrDefault(firstSeq, Map.of()));
            offsets.clip(clamp(query.fromSeq() - firstSeq), clamp(query.endSeq() - firstSeq));
            int[] found = offsets.toArray();
            if (found.length > 0) {
                matches.add(new Match(unit, found));
            }
        }
        offer(connection, matches, query, best);
    }

    private static int clamp(long offset) {
        return (int) Math.clamp(offset, 0L, (long) Segment.SIZE);
    }

    private static Offsets offsets(TermSearch.Unit unit, List<int[]> terms, Map<Integer, byte[]> buckets) {
        if (terms.isEmpty()) {
            return Offsets.range(0, (int) (unit.endSeq() - unit.bounds().firstSeq()));
        }
        Offsets all = new Offsets();
        boolean first = true;
        for (int[] group : terms) {
            Offsets some = first ? all : new Offsets();
            for (int term : group) {
                if (unit.isTail()) {
                    unit.tail()
                            .forEach(batch -> batch.collect(term, unit.bounds().firstSeq(), some));
                } else {
                    byte[] row = buckets.get(Segment.bucket(term));
                    if (row != null) {
                        Postings.collect(row, term, some);
                    }
                }
            }
            if (!first) {
                all.retain(some);
            }
            first = false;
        }
        return all;
    }

    /** How the database would go about looking into these segments; reads no record. */
    List<PlanStatement> plan(Connection connection, List<Long> segments, List<int[]> terms) throws SQLException {
        List<PlanStatement> plan = new ArrayList<>();
        if (!terms.isEmpty()) {
            plan.add(BucketTable.POSTINGS.plan(
                    connection,
                    "the terms' postings, of the segments that may hold the best hits first, more and more at a time",
                    tenant,
                    BucketTable.bucketsOf(terms),
                    segments));
        }
        plan.add(times(
                connection,
                "all the times of a segment with many hits",
                TimelineSql.SEGMENT_TIMES,
                segments.toArray()));
        plan.add(times(
                connection,
                "the times of single hits, of the pages that hold them",
                TimelineSql.PAGES,
                TimelinePages.blocks(segments)));
        return plan;
    }

    private PlanStatement times(Connection connection, String purpose, String sql, Object[] places)
            throws SQLException {
        Array array = connection.createArrayOf("int8", places);
        try {
            return PlanStatement.explain(connection, purpose, sql, List.of("tenant", "places"), statement -> {
                statement.setString(1, tenant);
                statement.setArray(2, array);
            });
        } finally {
            array.free();
        }
    }

    private void offer(Connection connection, List<Match> matches, TimelineQuery query, BestPositions best)
            throws SQLException {
        boolean timed = query.order().byTime() || query.boundsTime();
        Map<Long, long[]> whole = timed ? wholeTimes(connection, matches) : Map.of();
        Map<Long, Long> single = timed ? singleTimes(connection, matches) : Map.of();
        for (Match match : matches) {
            long[] times = whole.get(match.unit().bounds().firstSeq());
            for (int i = 0; i < match.offsets().length; i++) {
                long seq = match.seq(i);
                if (times != null) {
                    offer(times[match.offsets()[i]], seq, query, best);
                } else if (!timed) {
                    offer(0, seq, query, best);
                } else if (single.get(seq) instanceof Long time) {
                    // A time that is not there any more is a rebuild, which the caller finds out.
                    offer(time, seq, query, best);
                }
            }
        }
    }

    private static void offer(long time, long seq, TimelineQuery query, BestPositions best) {
        if (query.admits(time, seq)) {
            best.offer(time, seq);
        }
    }

    private Map<Long, Long> singleTimes(Connection connection, List<Match> matches) throws SQLException {
        List<Long> seqs = new ArrayList<>();
        for (Match match : matches) {
            if (!match.unit().isTail() && match.offsets().length < DENSE) {
                for (int i = 0; i < match.offsets().length; i++) {
                    seqs.add(match.seq(i));
                }
            }
        }
        // Segments come as they can hold the best, not as they stand.
        Collections.sort(seqs);
        return pages.occurred(connection, seqs);
    }

    private Map<Long, long[]> wholeTimes(Connection connection, List<Match> matches) throws SQLException {
        Map<Long, long[]> times = new HashMap<>();
        Map<Long, Segment> missing = new HashMap<>();
        for (Match match : matches) {
            Segment bounds = match.unit().bounds();
            if (match.unit().isTail()) {
                times.put(bounds.firstSeq(), tailTimes(match.unit()));
            } else if (match.offsets().length >= DENSE) {
                long[] recent = recent(bounds);
                if (recent == null) {
                    missing.put(bounds.firstSeq(), bounds);
                } else {
                    times.put(bounds.firstSeq(), recent);
                }
            }
        }
        if (!missing.isEmpty()) {
            read(connection, missing, times);
        }
        return times;
    }

    private void read(Connection connection, Map<Long, Segment> missing, Map<Long, long[]> into) throws SQLException {
        Array array = connection.createArrayOf("int8", missing.keySet().toArray());
        try (PreparedStatement query = connection.prepareStatement(TimelineSql.SEGMENT_TIMES)) {
            query.setString(1, tenant);
            query.setArray(2, array);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    long firstSeq = row.getLong(1);
                    long[] times = OccurredTimes.decode(row.getBytes(2));
                    into.put(firstSeq, times);
                    Segment segment = missing.get(firstSeq);
                    if (segment != null) {
                        keep(segment, times);
                    }
                }
            }
        } finally {
            array.free();
        }
    }

    private static long[] tailTimes(TermSearch.Unit unit) {
        long[] times = new long[Segment.SIZE];
        for (TailBatch batch : unit.tail()) {
            int shift = (int) (batch.firstSeq() - unit.bounds().firstSeq());
            for (int i = 0; i < batch.size(); i++) {
                times[shift + i] = batch.occurred(i);
            }
        }
        return times;
    }

    private synchronized long @Nullable [] recent(Segment segment) {
        Times times = recentTimes.get(segment.firstSeq());
        return times != null && times.segment().equals(segment) ? times.occurred() : null;
    }

    private synchronized void keep(Segment segment, long[] times) {
        recentTimes.put(segment.firstSeq(), new Times(segment, times));
    }
}
