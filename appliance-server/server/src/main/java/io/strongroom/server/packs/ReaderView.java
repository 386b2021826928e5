package io.strongroom.server.packs;

import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.access.Caller;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.LedgerReader.Row;
import io.strongroom.server.privacy.CommittedField;
import io.strongroom.server.privacy.CommittedField.Closed;
import io.strongroom.server.privacy.CommittedFields;
import io.strongroom.server.privacy.DisclosureDamagedException;
import io.strongroom.server.privacy.Visibility;
import java.util.Comparator;
import java.util.List;

/**
 * The ledger as the reader of one pack may see it.
 *
 * @param reader for whom the pack is
 */
record ReaderView(LedgerReader ledger, CommittedFields fields, Visibility visibility, Caller reader) {

    /** The row without its body, where that is not for the reader. */
    Row seen(Row row) {
        byte[] body = row.body();
        return body == null || visibility.showsRecord(reader, body) ? row : new Row(row.entry(), row.leaf(), null);
    }

    /**
     * The committed fields of a record that the reader may see, in the order of their digests: the order in which they
     * are opened is nobody's promise, and a pack's bytes are.
     *
     * @throws DisclosureDamagedException if one is not what was stored: a pack that left it out would call it withheld
     */
    List<Disclosure> disclosures(Entry entry, byte[] body) {
        if (!CommittedFields.any(body)) {
            return List.of();
        }
        List<CommittedField> all = fields.of(reader, entry.id(), entry.record(), body, ledger.disclosures(entry.seq()));
        if (all.stream().anyMatch(field -> field instanceof Closed closed && closed.cause() == Closed.Cause.DAMAGED)) {
            throw new DisclosureDamagedException("the disclosures of record " + entry.id() + " are damaged");
        }
        return CommittedField.shown(all).stream()
                .sorted(Comparator.comparing(Disclosure::digest))
                .toList();
    }
}
