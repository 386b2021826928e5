package io.strongroom.server.query;

import io.strongroom.server.projection.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page.
 *
 * @param records in the order asked for
 * @param next where the next page goes on; null where this is the last
 * @param upperSeq one past the last entry that this page and those after it can see
 */
record RecordPage(List<ShownRecord> records, @Nullable Position next, long upperSeq) {
    RecordPage {
        records = List.copyOf(records);
    }
}
