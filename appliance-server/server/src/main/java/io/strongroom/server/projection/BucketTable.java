package io.strongroom.server.projection;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/** A table of the inverted index: of some stretch of the ledger, a row for each bucket of terms. */
enum BucketTable {
    /** The postings of a segment, as {@link SegmentWriter} writes them. */
    POSTINGS("timeline_posting", "postings"),
    /** Which segments of a run have a term, as {@link DirectoryWriter} writes it. */
    DIRECTORY("timeline_directory", "segments");

    /** What is written for a stretch. */
    interface Rows {
        /** Hands out the buckets that are not empty, in order. */
        void buckets(ObjIntConsumer<byte[]> sink);
    }

    static final int COLUMNS = 4;

    private final String columns;
    private final String select;

    BucketTable(String name, String packed) {
        columns = name + " (bucket, first_seq, " + packed + ", tenant_id)";
        select = "SELECT bucket, first_seq, " + packed + " FROM " + name
                + " WHERE tenant_id = ? AND bucket = ANY (?) AND first_seq = ANY (?)";
    }

    /** The table with its columns, in the order in which rows are written. */
    String columns() {
        return columns;
    }

    static List<Integer> bucketsOf(List<int[]> terms) {
        return terms.stream()
                .flatMapToInt(Arrays::stream)
                .map(Segment::bucket)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    /** The rows of some buckets, by stretch and bucket. */
    Map<Long, Map<Integer, byte[]>> read(
            Connection connection, String tenant, Collection<Integer> buckets, Collection<Long> firstSeqs)
            throws SQLException {
        Map<Long, Map<Integer, byte[]>> rows = new HashMap<>();
        if (buckets.isEmpty() || firstSeqs.isEmpty()) {
            return rows;
        }
        Array bucketArray = connection.createArrayOf("int4", buckets.toArray());
        Array seqArray = connection.createArrayOf("int8", firstSeqs.toArray());
        try (PreparedStatement query = connection.prepareStatement(select)) {
            bind(query, tenant, bucketArray, seqArray);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows.computeIfAbsent(row.getLong(2), key -> new HashMap<>()).put(row.getInt(1), row.getBytes(3));
                }
            }
        } finally {
            bucketArray.free();
            seqArray.free();
        }
        return rows;
    }

    /** How the database would go about reading them. */
    PlanStatement plan(
            Connection connection,
            String purpose,
            String tenant,
            Collection<Integer> buckets,
            Collection<Long> firstSeqs)
            throws SQLException {
        Array bucketArray = connection.createArrayOf("int4", buckets.toArray());
        Array seqArray = connection.createArrayOf("int8", firstSeqs.toArray());
        try {
            return PlanStatement.explain(
                    connection,
                    purpose,
                    select,
                    List.of("tenant", "buckets", "segments"),
                    statement -> bind(statement, tenant, bucketArray, seqArray));
        } finally {
            bucketArray.free();
            seqArray.free();
        }
    }

    private static void bind(PreparedStatement statement, String tenant, Array buckets, Array firstSeqs)
            throws SQLException {
        statement.setString(1, tenant);
        statement.setArray(2, buckets);
        statement.setArray(3, firstSeqs);
    }
}
