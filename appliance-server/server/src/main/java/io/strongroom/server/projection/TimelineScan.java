package io.strongroom.server.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Lists records by time and place alone, straight along an index of the timeline. */
final class TimelineScan {
    private final String tenant;

    TimelineScan(String tenant) {
        this.tenant = tenant;
    }

    Hits find(Connection connection, TimelineQuery query, int count) throws SQLException {
        List<Position> positions = new ArrayList<>(count);
        Position after = query.after();
        try (PreparedStatement scan = connection.prepareStatement(TimelineSql.scan(query.order(), after != null))) {
            bind(scan, query, count);
            try (ResultSet row = scan.executeQuery()) {
                while (row.next()) {
                    positions.add(new Position(row.getLong(1), row.getLong(2)));
                }
            }
        }
        boolean more = positions.size() > count;
        return new Hits(more ? positions.subList(0, count) : positions, more);
    }

    private void bind(PreparedStatement scan, TimelineQuery query, int count) throws SQLException {
        Position after = query.after();
        int next = 1;
        scan.setString(next++, tenant);
        scan.setLong(next++, query.fromOccurred());
        scan.setLong(next++, query.endOccurred());
        scan.setLong(next++, query.fromSeq());
        scan.setLong(next++, query.endSeq());
        if (after != null && query.order().byTime()) {
            scan.setLong(next++, after.occurredAt());
            scan.setLong(next++, after.occurredAt());
        }
        if (after != null) {
            scan.setLong(next++, after.seq());
        }
        scan.setInt(next, count + 1);
    }

    /** How the database would go about it; reads no record. */
    PlanStatement plan(Connection connection, TimelineQuery query, int count) throws SQLException {
        List<String> parameters =
                new ArrayList<>(List.of("tenant", "fromOccurred", "endOccurred", "fromSeq", "endSeq"));
        if (query.after() != null) {
            parameters.addAll(
                    query.order().byTime()
                            ? List.of("afterOccurred", "afterOccurred", "afterSeq")
                            : List.of("afterSeq"));
        }
        parameters.add("limit");
        String sql = TimelineSql.scan(query.order(), query.after() != null);
        return PlanStatement.explain(
                connection,
                "the page, along an index of the timeline",
                sql,
                parameters,
                statement -> bind(statement, query, count));
    }
}
