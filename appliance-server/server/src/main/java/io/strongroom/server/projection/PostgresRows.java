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
    public void buckets(Connection connection, BucketTable table, String tenant, long firstSeq, BucketTable.Rows rows)
            throws SQLException {
        String sql = "COPY " + table.columns() + " FROM STDIN (FORMAT binary)";
        try (CopyRows copy = CopyRows.begin(connection.unwrap(PGConnection.class), sql)) {
            byte[] tenantText = CopyRows.text(tenant);
            rows.buckets((packed, bucket) -> {
                copy.row(BucketTable.COLUMNS);
                copy.integer(bucket);
                copy.bigint(firstSeq);
                copy.bytes(packed);
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
