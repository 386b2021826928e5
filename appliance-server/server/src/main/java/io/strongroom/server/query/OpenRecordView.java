package io.strongroom.server.query;

import io.strongroom.server.access.Caller;
import io.strongroom.server.ledger.LedgerReader;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Shows each record as it is stored, which is what the built-in policy says: it masks nothing for anybody. A committed
 * field does not stand in the stored record, so it is not shown here either.
 */
@Singleton
final class OpenRecordView implements RecordView {
    @Override
    public Optional<byte[]> show(Caller reader, LedgerReader.Row row, byte[] body) {
        return Optional.of(body);
    }
}
