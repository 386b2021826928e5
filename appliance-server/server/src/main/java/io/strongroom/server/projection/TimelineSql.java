package io.strongroom.server.projection;

import java.util.List;

/**
 * The statements by which the read models are read. Each names the tenant, although row-level security would do so too.
 */
final class TimelineSql {
    static final List<String> TABLES = List.of(
            "timeline_page",
            "timeline_segment",
            "timeline_posting",
            "timeline_directory",
            "timeline_tail",
            "facet_hour",
            "facet_value");

    static final String STATE =
            "SELECT watermark, generation, rebuild_until, unprojectable FROM projection_state" + " WHERE tenant_id = ?";

    static final String PAGES =
            "SELECT first_seq, packed FROM timeline_page WHERE tenant_id = ? AND block_no = ANY (?)";

    /** The page in which the entries before a time of the ledger end. */
    static final String PAGE_BEFORE = "SELECT first_seq, packed FROM timeline_page WHERE tenant_id = ? AND first_at < ?"
            + " ORDER BY first_at DESC, first_seq DESC LIMIT 1";

    /** The pages with ids of a time; the lower bound holds as no page has ids of times further apart. */
    static final String PAGES_OF_TIME = "SELECT first_seq, packed FROM timeline_page"
            + " WHERE tenant_id = ? AND low_id >= ? AND low_id <= ? AND high_id >= ?";

    static final String TAIL = "SELECT first_seq, size FROM timeline_tail WHERE tenant_id = ? ORDER BY first_seq";

    static final String TAIL_BATCH =
            "SELECT terms FROM timeline_tail WHERE tenant_id = ? AND first_seq = ? AND size = ?";

    static final String SEGMENTS = "SELECT first_seq, min_occurred, max_occurred FROM timeline_segment"
            + " WHERE tenant_id = ? AND first_seq >= ? ORDER BY first_seq";

    static final String SEGMENT_TIMES =
            "SELECT first_seq, occurred FROM timeline_segment WHERE tenant_id = ? AND first_seq = ANY (?)";

    static final String FACETS_BY_HOUR = "SELECT s.term, v.facet_text, s.records FROM"
            + " (SELECT term, SUM(records) AS records FROM facet_hour"
            + " WHERE tenant_id = ? AND field = ? AND hour_no >= ? AND hour_no < ? GROUP BY term) s"
            + " LEFT JOIN facet_value v ON v.tenant_id = ? AND v.field = ? AND v.term = s.term";

    static final String FACET_VALUES =
            "SELECT field, term, facet_text FROM facet_value WHERE tenant_id = ? AND term = ANY (?)";

    private TimelineSql() {}
}
