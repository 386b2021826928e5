package io.strongroom.server.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Batches of inserts, for H2. */
final class H2Rows implements BulkRows {
    private record Bucket(byte[] postings, int number) {}

    @Override
    public void begin(Connection connection) {
        // Nothing to prepare: a lost commit is made up for by projecting again.
    }

    @Override
    public void timeline(Connection connection, String tenant, ProjectionBatch batch) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO timeline (seq, at, occurred_at, actor, resource, stream, source, action, outcome,"
                        + " actor_type, resource_type, retain, projected, record_id, tenant_id, label_terms)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (int i = 0; i < batch.size(); i++) {
                ProjectionBatch.Row row = batch.row(i);
                insert.setLong(1, row.seq);
                insert.setLong(2, row.at);
                insert.setLong(3, row.occurredAt);
                insert.setLong(4, row.value(Field.ACTOR));
                insert.setLong(5, row.value(Field.RESOURCE));
                insert.setInt(6, row.term(Field.STREAM));
                insert.setInt(7, row.term(Field.SOURCE));
                insert.setInt(8, row.term(Field.ACTION));
                insert.setInt(9, row.term(Field.OUTCOME));
                insert.setInt(10, row.term(Field.ACTOR_TYPE));
                insert.setInt(11, row.term(Field.RESOURCE_TYPE));
                insert.setInt(12, row.retain);
                insert.setBoolean(13, row.projected);
                insert.setObject(14, row.id == null ? null : new UUID(row.id.high(), row.id.low()));
                insert.setString(15, tenant);
                insert.setBytes(16, row.labelTerms);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public void postings(Connection connection, String tenant, long firstSeq, SegmentWriter segment)
            throws SQLException {
        List<Bucket> buckets = new ArrayList<>(Segment.BUCKETS);
        segment.buckets((postings, bucket) -> buckets.add(new Bucket(postings, bucket)));
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO timeline_posting (bucket, first_seq, postings, tenant_id) VALUES (?, ?, ?, ?)")) {
            for (Bucket bucket : buckets) {
                insert.setInt(1, bucket.number());
                insert.setLong(2, firstSeq);
                insert.setBytes(3, bucket.postings());
                insert.setString(4, tenant);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public void clear(Connection connection, List<String> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Not TRUNCATE, which would commit here.
            for (String table : tables) {
                statement.executeUpdate("DELETE FROM " + table);
            }
        }
    }
}
