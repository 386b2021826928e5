package io.strongroom.server.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/**
 * Makes the directory of a run out of the postings of its segments.
 *
 * <p>A bucket's row holds, in the order of the terms: the step from the previous term's low bits, and the segments that have
 * it, a bit each in two bytes.
 */
final class DirectoryWriter implements BucketTable.Rows {
    /** Buckets whose postings are in memory at the same time: one or two megabytes. */
    private static final int SLICE = 64;

    private static final int PLACE_BITS = Integer.numberOfTrailingZeros(Directory.RUN);

    private final SortedMap<Integer, byte[]> rows = new TreeMap<>();

    /** Of each term its low bits and the place of a segment that has it. */
    private int[] found = new int[4096];

    private int count;

    /** @param run its first entry; all its segments are written */
    DirectoryWriter(Connection connection, String tenant, long run) throws SQLException {
        List<Long> segments = Directory.segments(run);
        for (int slice = 0; slice < Segment.BUCKETS; slice += SLICE) {
            List<Integer> buckets =
                    IntStream.range(slice, slice + SLICE).boxed().toList();
            Map<Long, Map<Integer, byte[]>> postings = BucketTable.POSTINGS.read(connection, tenant, buckets, segments);
            for (int bucket : buckets) {
                gather(postings, bucket);
                if (count > 0) {
                    rows.put(bucket, row());
                }
            }
        }
    }

    @Override
    public void buckets(ObjIntConsumer<byte[]> sink) {
        rows.forEach((bucket, row) -> sink.accept(row, bucket));
    }

    private void gather(Map<Long, Map<Integer, byte[]>> postings, int bucket) {
        count = 0;
        postings.forEach((firstSeq, buckets) -> {
            byte[] row = buckets.get(bucket);
            if (row != null) {
                int place = Directory.place(firstSeq);
                Postings.terms(row, low -> add(low << PLACE_BITS | place));
            }
        });
        Arrays.sort(found, 0, count);
    }

    private void add(int termAndPlace) {
        if (count == found.length) {
            found = Arrays.copyOf(found, 2 * count);
        }
        found[count++] = termAndPlace;
    }

    private byte[] row() {
        Varints row = new Varints(4 * count);
        int previous = 0;
        int at = 0;
        while (at < count) {
            int low = found[at] >>> PLACE_BITS;
            int segments = 0;
            while (at < count && found[at] >>> PLACE_BITS == low) {
                segments |= 1 << (found[at] & Directory.RUN - 1);
                at++;
            }
            row.put(low - previous);
            row.putFixed(segments, Short.BYTES);
            previous = low;
        }
        return row.toBytes();
    }
}
