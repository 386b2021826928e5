package io.strongroom.server.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the read models. Each method runs in a transaction of its caller's, as the owner; what engines do differently
 * is in {@link BulkRows}.
 */
final class ProjectionStore {
    /** Facet values that are known to be stored; forgotten as a whole when there are more. */
    private static final int KNOWN_VALUES = 100_000;

    private final String tenant;
    private final BulkRows bulk;
    private final Set<Long> knownValues = new HashSet<>();

    ProjectionStore(String tenant, BulkRows bulk) {
        this.tenant = tenant;
        this.bulk = bulk;
    }

    static ProjectionState state(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TimelineSql.STATE)) {
            query.setString(1, tenant);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("projection_state has no row for the tenant " + tenant);
                }
                return new ProjectionState(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
            }
        }
    }

    List<TailBatch> tail(Connection connection) throws SQLException {
        List<TailBatch> tail = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT first_seq, terms FROM timeline_tail WHERE tenant_id = ? ORDER BY first_seq")) {
            query.setString(1, tenant);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    tail.add(TailBatch.parse(row.getLong(1), row.getBytes(2)));
                }
            }
        }
        return tail;
    }

    /**
     * Adds a batch and moves the watermark, if it still stands where the batch begins.
     *
     * @param tail the tail with the batch in it
     * @return false if somebody else has moved the watermark: nothing may be kept of the transaction
     */
    boolean append(Connection connection, ProjectionState state, ProjectionBatch batch, Tail tail) throws SQLException {
        bulk.begin(connection);
        try (PreparedStatement update = connection.prepareStatement("UPDATE projection_state SET watermark = ?,"
                + " unprojectable = unprojectable + ? WHERE tenant_id = ? AND watermark = ? AND generation = ?")) {
            update.setLong(1, batch.endSeq());
            update.setInt(2, batch.unprojectable());
            update.setString(3, tenant);
            update.setLong(4, batch.firstSeq());
            update.setLong(5, state.generation());
            if (state.cursor() != batch.firstSeq() || update.executeUpdate() != 1) {
                return false;
            }
        }
        bulk.timeline(connection, tenant, batch);
        if (batch.endSeq() % Segment.SIZE == 0) {
            close(connection, new SegmentWriter(tail.batches()));
        } else {
            storeTail(connection, tail);
        }
        count(connection, batch.facets().counts());
        name(connection, batch.facets().values());
        return true;
    }

    private void close(Connection connection, SegmentWriter writer) throws SQLException {
        Segment segment = writer.segment();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO timeline_segment (first_seq, min_occurred, max_occurred, occurred, tenant_id)"
                        + " VALUES (?, ?, ?, ?, ?)")) {
            insert.setLong(1, segment.firstSeq());
            insert.setLong(2, segment.minOccurred());
            insert.setLong(3, segment.maxOccurred());
            insert.setBytes(4, writer.occurred());
            insert.setString(5, tenant);
            insert.executeUpdate();
        }
        bulk.buckets(connection, BucketTable.POSTINGS, tenant, segment.firstSeq(), writer);
        long run = Directory.runOf(segment.firstSeq());
        if (Directory.isComplete(run, segment.endSeq())) {
            DirectoryWriter directory = new DirectoryWriter(connection, tenant, run);
            bulk.buckets(connection, BucketTable.DIRECTORY, tenant, run, directory);
        }
        deleteTail(connection, 0);
    }

    /** Stores the batches that are not, in the place of those that were joined into them. */
    private void storeTail(Connection connection, Tail tail) throws SQLException {
        List<TailBatch> batches = tail.batches();
        int kept = 0;
        while (kept < batches.size() && tail.stored().contains(batches.get(kept))) {
            kept++;
        }
        if (kept < tail.stored().size()) {
            deleteTail(connection, batches.get(kept).firstSeq());
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO timeline_tail (first_seq, size, terms, tenant_id) VALUES (?, ?, ?, ?)")) {
            for (TailBatch batch : batches.subList(kept, batches.size())) {
                insert.setLong(1, batch.firstSeq());
                insert.setInt(2, batch.size());
                insert.setBytes(3, batch.toBytes());
                insert.setString(4, tenant);
                insert.executeUpdate();
            }
        }
    }

    private void deleteTail(Connection connection, long fromSeq) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM timeline_tail WHERE tenant_id = ? AND first_seq >= ?")) {
            delete.setString(1, tenant);
            delete.setLong(2, fromSeq);
            delete.executeUpdate();
        }
    }

    private void count(Connection connection, Collection<FacetCounts.Count> counts) throws SQLException {
        List<FacetCounts.Count> all = new ArrayList<>(counts);
        int[] updated;
        try (PreparedStatement update = connection.prepareStatement("UPDATE facet_hour SET records = records + ?"
                + " WHERE tenant_id = ? AND field = ? AND hour_no = ? AND term = ?")) {
            for (FacetCounts.Count count : all) {
                update.setLong(1, count.records());
                update.setString(2, tenant);
                update.setInt(3, count.field().number());
                update.setInt(4, count.hour());
                update.setInt(5, count.term());
                update.addBatch();
            }
            updated = update.executeBatch();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO facet_hour (records, tenant_id, field, hour_no, term) VALUES (?, ?, ?, ?, ?)")) {
            for (int i = 0; i < updated.length; i++) {
                if (updated[i] == 0) {
                    FacetCounts.Count count = all.get(i);
                    insert.setLong(1, count.records());
                    insert.setString(2, tenant);
                    insert.setInt(3, count.field().number());
                    insert.setInt(4, count.hour());
                    insert.setInt(5, count.term());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private void name(Connection connection, Collection<FacetCounts.Value> values) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO facet_value (field, term, facet_text, tenant_id) SELECT CAST(? AS smallint),"
                        + " CAST(? AS integer), CAST(? AS varchar(1000)), CAST(? AS varchar(64)) WHERE NOT EXISTS"
                        + " (SELECT 1 FROM facet_value WHERE tenant_id = ? AND field = ? AND term = ?)")) {
            for (FacetCounts.Value value : values) {
                if (knownValues.contains(key(value))) {
                    continue;
                }
                insert.setInt(1, value.field().number());
                insert.setInt(2, value.term());
                insert.setString(3, value.text());
                insert.setString(4, tenant);
                insert.setString(5, tenant);
                insert.setInt(6, value.field().number());
                insert.setInt(7, value.term());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** To be called once the batch has been committed. */
    void committed(ProjectionBatch batch) {
        if (knownValues.size() > KNOWN_VALUES) {
            knownValues.clear();
        }
        batch.facets().values().forEach(value -> knownValues.add(key(value)));
    }

    /** Empties the read models, to be filled again at least up to {@code until}. */
    void clear(Connection connection, long until) throws SQLException {
        bulk.clear(connection, TimelineSql.TABLES);
        try (PreparedStatement update = connection.prepareStatement("UPDATE projection_state SET watermark = 0,"
                + " generation = generation + 1, rebuild_until = ?, unprojectable = 0 WHERE tenant_id = ?")) {
            update.setLong(1, until);
            update.setString(2, tenant);
            update.executeUpdate();
        }
    }

    /** To be called after {@link #clear}, and whenever what is stored may be other than what was known. */
    void forget() {
        knownValues.clear();
    }

    private static long key(FacetCounts.Value value) {
        return (long) value.field().number() << 32 | value.term() & 0xffffffffL;
    }
}
