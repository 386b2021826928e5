package io.strongroom.server.query;

import io.strongroom.evidence.field.Commitments;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.LedgerReader.Row;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.privacy.RecordSight;
import io.strongroom.server.privacy.RecordSights;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** A record as its reader may see it. Every record that a query answers with goes through here, and nothing else does. */
@Singleton
final class RecordView {
    private static final String EXPIRED = "expired";
    private static final String DAMAGED = "damaged";
    private static final String POLICY = "policy";

    private final LedgerReader ledger;
    private final RecordSights sights;

    RecordView(LedgerReader ledger, RecordSights sights) {
        this.ledger = ledger;
        this.sights = sights;
    }

    /** Whether the reader sees every field of every record as it is. */
    boolean showsEverything(Reader reader) {
        return sights.showsEverything(reader);
    }

    /** Why there is nothing of the record but its entry; empty where its body is there. */
    Optional<String> gone(Row row) {
        if (row.body() == null) {
            return Optional.of(EXPIRED);
        }
        return row.isIntact() ? Optional.empty() : Optional.of(DAMAGED);
    }

    /** The entry alone. */
    ShownRecord entry(Row row, String withheld) {
        return new ShownRecord(row, null, withheld, "", List.of());
    }

    /** @param body the row's, which is not {@link #gone} */
    RecordSight sight(Reader reader, Row row, byte[] body) {
        Entry entry = row.entry();
        return sights.of(
                reader, entry.id(), entry.record(), entry.stream(), body, () -> ledger.disclosures(entry.seq()));
    }

    /** The record with what the reader may see put back, and a verdict on each field that it commits to. */
    ShownRecord show(Row row, byte[] body, RecordSight sight) {
        return sight.showsRecord()
                ? new ShownRecord(row, Commitments.reveal(body, sight.disclosed()), null, "", sight.fields())
                : new ShownRecord(row, null, POLICY, sight.reason(), sight.fields());
    }
}
