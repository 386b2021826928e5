package io.strongroom.server.projection;

import java.util.List;

/**
 * The statements by which the read models are read. Each names the tenant, although row-level security would do so too.
 */
final class TimelineSql {
    static final List<String> TABLES =
            List.of("timeline", "timeline_segment", "timeline_posting", "timeline_tail", "facet_hour", "facet_value");

    static final String STATE =
            "SELECT watermark, generation, rebuild_until, unprojectable FROM projection_state" + " WHERE tenant_id = ?";

    static final String LOOKUP = "SELECT seq FROM timeline WHERE tenant_id = ? AND record_id = ?";

    static final String TAIL = "SELECT first_seq, size FROM timeline_tail WHERE tenant_id = ? ORDER BY first_seq";

    static final String TAIL_BATCH =
            "SELECT terms FROM timeline_tail WHERE tenant_id = ? AND first_seq = ? AND size = ?";

    static final String SEGMENTS = "SELECT first_seq, min_occurred, max_occurred FROM timeline_segment"
            + " WHERE tenant_id = ? AND first_seq >= ? ORDER BY first_seq";

    static final String SEGMENT_TIMES =
            "SELECT first_seq, occurred FROM timeline_segment WHERE tenant_id = ? AND first_seq = ANY (?)";

    static final String POSTINGS = "SELECT bucket, first_seq, postings FROM timeline_posting"
            + " WHERE tenant_id = ? AND bucket = ANY (?) AND first_seq = ANY (?)";

    static final String TIMES = "SELECT seq, occurred_at FROM timeline WHERE tenant_id = ? AND seq = ANY (?)";

    static final String FIRST_AT = "SELECT at FROM timeline WHERE tenant_id = ? AND seq >= ? ORDER BY seq LIMIT 1";

    static final String FACETS_BY_HOUR = "SELECT s.term, v.facet_text, s.records FROM"
            + " (SELECT term, SUM(records) AS records FROM facet_hour"
            + " WHERE tenant_id = ? AND field = ? AND hour_no >= ? AND hour_no < ? GROUP BY term) s"
            + " LEFT JOIN facet_value v ON v.tenant_id = ? AND v.field = ? AND v.term = s.term";

    static final String FACET_VALUES =
            "SELECT field, term, facet_text FROM facet_value WHERE tenant_id = ? AND term = ANY (?)";

    static final String FACET_ROWS = "SELECT seq, stream, source, action, outcome, actor_type, resource_type, actor,"
            + " resource, label_terms FROM timeline WHERE tenant_id = ? AND seq = ANY (?)";

    private TimelineSql() {}

    /** Lists the timeline alone, where nothing but time and place is asked for. */
    static String scan(Order order, boolean after) {
        String direction = order.descending() ? " DESC" : "";
        String comparison = order.descending() ? "<" : ">";
        StringBuilder sql = new StringBuilder("SELECT occurred_at, seq FROM timeline WHERE tenant_id = ?"
                + " AND occurred_at >= ? AND occurred_at < ? AND seq >= ? AND seq < ?");
        if (after && order.byTime()) {
            // The first comparison is there for engines that do not use an index for the second.
            sql.append(" AND occurred_at ").append(comparison).append("= ? AND (occurred_at, seq) ");
            sql.append(comparison).append(" (?, ?)");
        } else if (after) {
            sql.append(" AND seq ").append(comparison).append(" ?");
        }
        sql.append(" ORDER BY ");
        if (order.byTime()) {
            sql.append("occurred_at").append(direction).append(", ");
        }
        return sql.append("seq").append(direction).append(" LIMIT ?").toString();
    }
}
