package io.strongroom.server.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The level above the segments: of {@value #RUN} segments in a row, a run, which of them have a term. So a search for what
 * few records have reads one row for each run, and the segments that it needs.
 *
 * <p>A run is complete with its last segment, in whose transaction its rows are written.
 */
final class Directory {
    static final int RUN = 16;
    private static final long RUN_RECORDS = (long) RUN * Segment.SIZE;

    private final String tenant;

    Directory(String tenant) {
        this.tenant = tenant;
    }

    /** The first entry of the run that a segment is in. */
    static long runOf(long firstSeq) {
        return firstSeq - firstSeq % RUN_RECORDS;
    }

    /** Which of its run's segments it is. */
    static int place(long firstSeq) {
        return (int) (firstSeq % RUN_RECORDS / Segment.SIZE);
    }

    static boolean isComplete(long run, long segmentsEnd) {
        return run + RUN_RECORDS <= segmentsEnd;
    }

    static List<Long> segments(long run) {
        List<Long> segments = new ArrayList<>(RUN);
        for (int i = 0; i < RUN; i++) {
            segments.add(run + (long) i * Segment.SIZE);
        }
        return segments;
    }

    /**
     * Leaves out the units of complete runs in which no record can have one of each group of terms.
     *
     * @param segmentsEnd one past the last entry that is in a segment
     */
    List<TermSearch.Unit> having(
            Connection connection, List<int[]> terms, List<TermSearch.Unit> units, long segmentsEnd)
            throws SQLException {
        Map<Long, Map<Integer, byte[]>> rows =
                BucketTable.DIRECTORY.read(connection, tenant, BucketTable.bucketsOf(terms), runs(units, segmentsEnd));
        List<TermSearch.Unit> having = new ArrayList<>();
        for (TermSearch.Unit unit : units) {
            long firstSeq = unit.bounds().firstSeq();
            long run = runOf(firstSeq);
            boolean unknown = unit.isTail() || !isComplete(run, segmentsEnd);
            if (unknown || (segmentsWith(terms, rows.getOrDefault(run, Map.of())) & 1 << place(firstSeq)) != 0) {
                having.add(unit);
            }
        }
        return having;
    }

    /** How the database would go about asking about these segments; reads no record. */
    PlanStatement plan(Connection connection, List<int[]> terms, List<Long> segments) throws SQLException {
        return BucketTable.DIRECTORY.plan(
                connection,
                "which segments have the terms, where the first was not enough",
                tenant,
                BucketTable.bucketsOf(terms),
                segments.stream().map(Directory::runOf).distinct().toList());
    }

    private static TreeSet<Long> runs(List<TermSearch.Unit> units, long segmentsEnd) {
        TreeSet<Long> runs = new TreeSet<>();
        for (TermSearch.Unit unit : units) {
            long run = runOf(unit.bounds().firstSeq());
            if (!unit.isTail() && isComplete(run, segmentsEnd)) {
                runs.add(run);
            }
        }
        return runs;
    }

    private static int segmentsWith(List<int[]> terms, Map<Integer, byte[]> buckets) {
        int all = -1;
        for (int[] group : terms) {
            int any = 0;
            for (int term : group) {
                byte[] row = buckets.get(Segment.bucket(term));
                any |= row == null ? 0 : segmentsWith(row, term);
            }
            all &= any;
        }
        return all;
    }

    /** The segments, a bit each, that a row of the directory names for a term. */
    static int segmentsWith(byte[] row, int term) {
        int wanted = Segment.low(term);
        Varints.Reader reader = new Varints.Reader(row);
        int low = 0;
        while (reader.hasMore()) {
            low += reader.nextInt();
            int segments = (int) reader.nextFixed(Short.BYTES);
            if (low >= wanted) {
                return low == wanted ? segments : 0;
            }
        }
        return 0;
    }
}
