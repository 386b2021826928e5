package io.strongroom.server.projection;

import io.strongroom.evidence.RecordId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads the timeline's pages, as the app role, in a transaction of the caller's. */
final class TimelinePages {
    private final String tenant;

    TimelinePages(String tenant) {
        this.tenant = tenant;
    }

    /** Hands out the pages that hold any of these entries, and their neighbours. */
    void of(Connection connection, Collection<Long> seqs, Consumer<TimelinePage> sink) throws SQLException {
        packed(connection, blocks(seqs), (firstSeq, packed) -> sink.accept(TimelinePage.parse(firstSeq, packed)));
    }

    /** Takes a page as it is stored. */
    @FunctionalInterface
    private interface Packed {
        void take(long firstSeq, byte[] packed);
    }

    private void packed(Connection connection, Object[] blocks, Packed sink) throws SQLException {
        Array array = connection.createArrayOf("int8", blocks);
        try (PreparedStatement query = connection.prepareStatement(TimelineSql.PAGES)) {
            query.setString(1, tenant);
            query.setArray(2, array);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    sink.take(row.getLong(1), row.getBytes(2));
                }
            }
        } finally {
            array.free();
        }
    }

    static Object[] blocks(Collection<Long> seqs) {
        return seqs.stream().map(TimelinePage::blockOf).distinct().toArray();
    }

    private static TimelinePage page(ResultSet row) throws SQLException {
        return TimelinePage.parse(row.getLong(1), row.getBytes(2));
    }

    /**
     * The {@code occurredAt} of these entries, epoch milliseconds.
     *
     * @param seqs in their order
     */
    Map<Long, Long> occurred(Connection connection, List<Long> seqs) throws SQLException {
        Map<Long, Long> occurred = HashMap.newHashMap(seqs.size());
        if (!seqs.isEmpty()) {
            packed(connection, blocks(seqs), (firstSeq, packed) -> {
                long[] times = TimelinePage.occurred(packed);
                int found = Collections.binarySearch(seqs, firstSeq);
                for (int i = found < 0 ? ~found : found; i < seqs.size(); i++) {
                    long offset = seqs.get(i) - firstSeq;
                    if (offset >= times.length) {
                        break;
                    }
                    occurred.put(seqs.get(i), times[(int) offset]);
                }
            });
        }
        return occurred;
    }

    /** The first entry that was taken at {@code at} or later, epoch milliseconds; one past the last if none was. */
    long firstSeqAt(Connection connection, long at) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TimelineSql.PAGE_BEFORE)) {
            query.setString(1, tenant);
            query.setLong(2, at);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return 0;
                }
                TimelinePage page = page(row);
                int index = 0;
                while (index < page.size() && page.at(index) < at) {
                    index++;
                }
                return page.firstSeq() + index;
            }
        }
    }

    OptionalLong seqOf(Connection connection, RecordId id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TimelineSql.PAGES_OF_TIME)) {
            query.setString(1, tenant);
            query.setLong(2, id.epochMillis() - TimelinePage.ID_SPAN_MILLIS);
            query.setLong(3, id.epochMillis());
            query.setLong(4, id.epochMillis());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    TimelinePage page = page(row);
                    for (int i = 0; i < page.size(); i++) {
                        if (id.equals(page.id(i))) {
                            return OptionalLong.of(page.firstSeq() + i);
                        }
                    }
                }
            }
        }
        return OptionalLong.empty();
    }
}
