package io.strongroom.server.query;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.field.Commitments;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.access.Caller;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.LedgerReader.Row;
import io.strongroom.server.privacy.CommittedField;
import io.strongroom.server.privacy.CommittedFields;
import io.strongroom.server.privacy.Visibility;
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
    private final CommittedFields fields;
    private final Visibility visibility;

    RecordView(LedgerReader ledger, CommittedFields fields, Visibility visibility) {
        this.ledger = ledger;
        this.fields = fields;
        this.visibility = visibility;
    }

    /** Why there is only the entry to show; empty where the record itself may be shown. */
    Optional<String> withheld(Caller reader, Row row) {
        byte[] body = row.body();
        if (body == null) {
            return Optional.of(EXPIRED);
        }
        if (!Digest.of(body).equals(row.entry().record())) {
            return Optional.of(DAMAGED);
        }
        return visibility.showsRecord(reader, body) ? Optional.empty() : Optional.of(POLICY);
    }

    /**
     * The record with those of its committed fields that the reader may see put back, and a verdict on each.
     *
     * @param body the row's, which nothing is {@link #withheld} of
     */
    ShownRecord show(Caller reader, Row row, byte[] body) {
        if (!CommittedFields.any(body)) {
            return new ShownRecord(row, body, null, List.of());
        }
        Entry entry = row.entry();
        List<CommittedField> seen =
                fields.of(reader, entry.id(), entry.record(), body, ledger.disclosures(entry.seq()));
        return new ShownRecord(row, Commitments.reveal(body, CommittedField.shown(seen)), null, seen);
    }
}
