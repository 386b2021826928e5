package io.strongroom.server.query;

import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.privacy.CommittedField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as a reader sees it.
 *
 * @param row the entry
 * @param record JSON to show: the stored bytes where the record commits to nothing; null where only the entry is shown
 * @param withheld why there is no record: {@code expired}, {@code damaged} or {@code policy}; null where there is one
 * @param committed what the record commits to, shown and hidden
 */
record ShownRecord(
        LedgerReader.Row row,
        byte @Nullable [] record,
        @Nullable String withheld,
        List<CommittedField> committed) {
    ShownRecord {
        committed = List.copyOf(committed);
    }

    int bytes() {
        return record == null ? 0 : record.length;
    }
}
