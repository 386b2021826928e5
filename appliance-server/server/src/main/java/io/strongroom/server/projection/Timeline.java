package io.strongroom.server.projection;

import io.strongroom.evidence.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The timeline: which records fit a query, in which order. Reads as the app role, in a transaction of the caller's.
 *
 * <p>Keeps what it has read of closed segments and of the tail's batches, which never change within a generation.
 */
public final class Timeline {
    private static final int TRIES = 5;

    private record Cache(long generation, List<Segment> segments, List<TailBatch> tail) {
        static final Cache EMPTY = new Cache(-1, List.of(), List.of());
    }

    private final String tenant;
    private final TimelinePages pages;
    private final TermSearch search;
    private volatile Cache cache = Cache.EMPTY;

    public Timeline(TenantId tenant) {
        this.tenant = tenant.value();
        pages = new TimelinePages(this.tenant);
        search = new TermSearch(this.tenant);
    }

    /** One past the last entry that queries find now: the watermark. */
    public long endSeq(Connection connection) throws SQLException {
        return ProjectionStore.state(connection, tenant).cursor();
    }

    /**
     * Finds the first {@code count} records.
     *
     * @throws RebuiltException if the read models were thrown away meanwhile; ask again
     */
    public Hits find(Connection connection, TimelineQuery query, int count) throws SQLException {
        for (int i = 0; i < TRIES; i++) {
            TimelineView view = view(connection);
            Hits hits = search.find(connection, view, query, count);
            if (ProjectionStore.state(connection, tenant).generation()
                    == view.state().generation()) {
                return hits;
            }
        }
        throw new RebuiltException();
    }

    /** How {@link #find} would go about a query: its statements, and what the database makes of each. */
    public List<PlanStatement> plan(Connection connection, TimelineQuery query) throws SQLException {
        return search.plan(connection, view(connection), query);
    }

    /**
     * The first seq whose entry was taken at {@code at} or later: entries stand in the order of their {@code at}.
     *
     * @return at most {@code endSeq}
     */
    public long firstSeqAt(Connection connection, long at, long endSeq) throws SQLException {
        return Math.min(pages.firstSeqAt(connection, at), endSeq);
    }

    private TimelineView view(Connection connection) throws SQLException {
        ProjectionState state = ProjectionStore.state(connection, tenant);
        Cache known = cache;
        if (known.generation() != state.generation() || TimelineView.segmentsEnd(known.segments()) > state.cursor()) {
            known = new Cache(state.generation(), List.of(), List.of());
        }
        // The tail before the segments: what is closed in between is then seen twice, rather than not at all.
        List<TailBatch> tail = tail(connection, known.tail());
        List<Segment> segments = segments(connection, known.segments());
        cache = new Cache(state.generation(), segments, tail);
        long closed = TimelineView.segmentsEnd(segments);
        List<TailBatch> open =
                tail.stream().filter(batch -> batch.firstSeq() >= closed).toList();
        return new TimelineView(state, segments, open);
    }

    private List<Segment> segments(Connection connection, List<Segment> known) throws SQLException {
        List<Segment> added = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(TimelineSql.SEGMENTS)) {
            query.setString(1, tenant);
            query.setLong(2, TimelineView.segmentsEnd(known));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    added.add(new Segment(row.getLong(1), row.getLong(2), row.getLong(3)));
                }
            }
        }
        if (added.isEmpty()) {
            return known;
        }
        List<Segment> all = new ArrayList<>(known);
        all.addAll(added);
        return List.copyOf(all);
    }

    private record TailRow(long firstSeq, int size) {}

    private List<TailBatch> tail(Connection connection, List<TailBatch> known) throws SQLException {
        List<TailRow> rows = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(TimelineSql.TAIL)) {
            query.setString(1, tenant);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows.add(new TailRow(row.getLong(1), row.getInt(2)));
                }
            }
        }
        List<TailBatch> tail = new ArrayList<>();
        for (TailRow row : rows) {
            TailBatch batch = known(known, row);
            if (batch == null) {
                batch = batch(connection, row);
            }
            if (batch == null) {
                // Joined or closed since the rows were listed: list them again.
                return tail(connection, known);
            }
            tail.add(batch);
        }
        return List.copyOf(tail);
    }

    private static @Nullable TailBatch known(List<TailBatch> known, TailRow row) {
        for (TailBatch batch : known) {
            if (batch.firstSeq() == row.firstSeq() && batch.size() == row.size()) {
                return batch;
            }
        }
        return null;
    }

    private @Nullable TailBatch batch(Connection connection, TailRow wanted) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TimelineSql.TAIL_BATCH)) {
            query.setString(1, tenant);
            query.setLong(2, wanted.firstSeq());
            query.setInt(3, wanted.size());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? TailBatch.parse(wanted.firstSeq(), row.getBytes(1)) : null;
            }
        }
    }
}
