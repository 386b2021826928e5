package io.strongroom.server.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Batches of inserts, for H2. */
final class H2Rows implements BulkRows {
    private record Bucket(byte[] packed, int number) {}

    @Override
    public void begin(Connection connection) {
        // Nothing to prepare: a lost commit is made up for by projecting again.
    }

    @Override
    public void timeline(Connection connection, String tenant, ProjectionBatch batch) throws SQLException {
        List<ProjectionBatch.Page> pages = new ArrayList<>();
        batch.pages(pages::add);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO timeline_page"
                        + " (block_no, first_seq, first_at, low_id, high_id, packed, tenant_id) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (ProjectionBatch.Page page : pages) {
                insert.setLong(1, TimelinePage.blockOf(page.firstSeq()));
                insert.setLong(2, page.firstSeq());
                insert.setLong(3, page.firstAt());
                insert.setLong(4, page.lowId());
                insert.setLong(5, page.highId());
                insert.setBytes(6, page.packed());
                insert.setString(7, tenant);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public void buckets(Connection connection, BucketTable table, String tenant, long firstSeq, BucketTable.Rows rows)
            throws SQLException {
        List<Bucket> buckets = new ArrayList<>(Segment.BUCKETS);
        rows.buckets((packed, bucket) -> buckets.add(new Bucket(packed, bucket)));
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table.columns() + " VALUES (?, ?, ?, ?)")) {
            for (Bucket bucket : buckets) {
                insert.setInt(1, bucket.number());
                insert.setLong(2, firstSeq);
                insert.setBytes(3, bucket.packed());
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
