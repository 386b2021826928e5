package io.strongroom.server.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;

/** Binary COPY, for PostgreSQL. */
final class PostgresRows implements BulkRows {
    private static final String PAGES = "COPY timeline_page (block_no, first_seq, first_at, low_id, high_id, packed,"
            + " tenant_id) FROM STDIN (FORMAT binary)";
    private static final int PAGES_COLUMNS = 7;
    private static final String POSTINGS =
            "COPY timeline_posting (bucket, first_seq, postings, tenant_id) FROM STDIN (FORMAT binary)";
    private static final int POSTINGS_COLUMNS = 4;

    @Override
    public void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // A lost commit is made up for by projecting again, so it need not wait for the disk. The ledger's commits,
            // which lie before it in the write-ahead log, never come after it.
            statement.execute("SET LOCAL synchronous_commit = off");
        }
    }

    @Override
    public void timeline(Connection connection, String tenant, ProjectionBatch batch) throws SQLException {
        try (CopyRows copy = CopyRows.begin(connection.unwrap(PGConnection.class), PAGES)) {
            byte[] tenantText = CopyRows.text(tenant);
            batch.pages(page -> {
                copy.row(PAGES_COLUMNS);
                copy.bigint(TimelinePage.blockOf(page.firstSeq()));
                copy.bigint(page.firstSeq());
                copy.bigint(page.firstAt());
                copy.bigint(page.lowId());
                copy.bigint(page.highId());
                copy.bytes(page.packed());
                copy.bytes(tenantText);
            });
            copy.end();
        }
    }

    @Override
    public void postings(Connection connection, String tenant, long firstSeq, SegmentWriter segment)
            throws SQLException {
        try (CopyRows copy = CopyRows.begin(connection.unwrap(PGConnection.class), POSTINGS)) {
            byte[] tenantText = CopyRows.text(tenant);
            segment.buckets((postings, bucket) -> {
                copy.row(POSTINGS_COLUMNS);
                copy.integer(bucket);
                copy.bigint(firstSeq);
                copy.bytes(postings);
                copy.bytes(tenantText);
            });
            copy.end();
        }
    }

    @Override
    public void clear(Connection connection, List<String> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE " + String.join(", ", tables));
        }
    }
}
