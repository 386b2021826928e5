package io.strongroom.server.query;

import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.privacy.SeenField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as a reader sees it.
 *
 * @param row the entry
 * @param record JSON to show: the stored bytes where the record commits to nothing; null where only the entry is shown
 * @param withheld why there is no record: {@code expired}, {@code damaged} or {@code policy}; null where there is one
 * @param reason why policy withholds it, in a sentence; empty where it does not
 * @param fields what the record commits to, shown and hidden; where policy withholds the record, all its fields
 */
record ShownRecord(
        LedgerReader.Row row,
        byte @Nullable [] record,
        @Nullable String withheld,
        String reason,
        List<SeenField> fields) {
    ShownRecord {
        fields = List.copyOf(fields);
    }

    int bytes() {
        return record == null ? 0 : record.length;
    }
}
