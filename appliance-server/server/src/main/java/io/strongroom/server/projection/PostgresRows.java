package io.strongroom.server.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;

/** Binary COPY, for PostgreSQL. */
final class PostgresRows implements BulkRows {
    private static final String TIMELINE =
            "COPY timeline (seq, at, occurred_at, actor, resource, stream, source, action,"
                    + " outcome, actor_type, resource_type, retain, projected, record_id, tenant_id, label_terms)"
                    + " FROM STDIN (FORMAT binary)";
    private static final int TIMELINE_COLUMNS = 16;
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
        try (CopyRows copy = CopyRows.begin(connection.unwrap(PGConnection.class), TIMELINE)) {
            byte[] tenantText = CopyRows.text(tenant);
            for (int i = 0; i < batch.size(); i++) {
                ProjectionBatch.Row row = batch.row(i);
                copy.row(TIMELINE_COLUMNS);
                copy.bigint(row.seq);
                copy.bigint(row.at);
                copy.bigint(row.occurredAt);
                copy.bigint(row.value(Field.ACTOR));
                copy.bigint(row.value(Field.RESOURCE));
                copy.integer(row.term(Field.STREAM));
                copy.integer(row.term(Field.SOURCE));
                copy.integer(row.term(Field.ACTION));
                copy.integer(row.term(Field.OUTCOME));
                copy.integer(row.term(Field.ACTOR_TYPE));
                copy.integer(row.term(Field.RESOURCE_TYPE));
                copy.integer(row.retain);
                copy.bool(row.projected);
                if (row.id == null) {
                    copy.absent();
                } else {
                    copy.uuid(row.id.high(), row.id.low());
                }
                copy.bytes(tenantText);
                if (row.labelTerms == null) {
                    copy.absent();
                } else {
                    copy.bytes(row.labelTerms);
                }
            }
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
