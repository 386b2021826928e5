package io.strongroom.server.query;

import io.strongroom.server.access.Caller;
import io.strongroom.server.ledger.LedgerReader;
import java.util.Optional;

/** What a reader may see of a record. Every record that a query answers with goes through here, and nothing else does. */
@FunctionalInterface
public interface RecordView {

    /**
     * The bytes to show for a record.
     *
     * @param body the stored record's canonical bytes, whose digest is the entry's
     * @return JSON; {@code body} itself where nothing is hidden. Empty if the reader may see entry and leaf only
     */
    Optional<byte[]> show(Caller reader, LedgerReader.Row row, byte[] body);
}
