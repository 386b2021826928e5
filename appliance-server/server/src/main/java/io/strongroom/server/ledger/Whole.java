package io.strongroom.server.ledger;

import io.strongroom.server.record.Draft;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Drafts that stand in one group or in none, one behind the other, because rows ride with them.
 *
 * @param count how many drafts
 * @param weight theirs, in bytes
 * @param rows what is written if all of them become records
 */
record Whole(int count, long weight, List<RidingRow> rows) {
    Whole {
        rows = List.copyOf(rows);
    }

    static Whole of(List<Draft> drafts, List<RidingRow> rows) {
        return new Whole(drafts.size(), drafts.stream().mapToLong(Draft::weight).sum(), rows);
    }

    /** The rows of those of which every draft is among the {@code fresh}. */
    static List<RidingRow> rows(List<Pending> fresh) {
        Map<Whole, Integer> found = new IdentityHashMap<>();
        List<RidingRow> rows = new ArrayList<>();
        for (Pending pending : fresh) {
            Whole whole = pending.whole;
            if (whole != null && found.merge(whole, 1, Integer::sum) == whole.count) {
                rows.addAll(whole.rows);
            }
        }
        return rows;
    }
}
