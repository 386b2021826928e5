package io.strongroom.server.projection;

import java.util.List;

/**
 * One consistent look at the inverted index: the segments and, behind them, the tail.
 *
 * @param state of the read models, which had this generation before and after
 * @param segments in the order of the ledger
 * @param tail behind the last segment, in the order of the ledger
 */
record TimelineView(ProjectionState state, List<Segment> segments, List<TailBatch> tail) {

    /** One past the last entry that is in the index. */
    long endSeq() {
        return tail.isEmpty() ? segmentsEnd(segments) : tail.getLast().endSeq();
    }

    static long segmentsEnd(List<Segment> segments) {
        return segments.isEmpty() ? 0 : segments.getLast().endSeq();
    }
}
