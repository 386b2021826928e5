package io.strongroom.server.query;

import io.strongroom.server.ledger.LedgerReader;
import org.jspecify.annotations.Nullable;

/**
 * A record as a reader sees it.
 *
 * @param row the entry
 * @param record JSON to show; null where only the entry is shown
 * @param withheld why there is no record: {@code expired}, {@code damaged} or {@code policy}; null where there is one
 */
record ShownRecord(
        LedgerReader.Row row,
        byte @Nullable [] record,
        @Nullable String withheld) {
    int bytes() {
        return record == null ? 0 : record.length;
    }
}
