package io.strongroom.server.packs;

import io.strongroom.api.ExportRequest;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.ledger.LedgerReader.Row;
import io.strongroom.server.privacy.DisclosureDamagedException;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.privacy.RecordSight;
import io.strongroom.server.privacy.RecordSights;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as the reader of one pack may see it.
 *
 * @param reader for whom the pack is
 * @param withhold places of which they want nothing that is kept apart to be in it
 */
record ReaderView(LedgerReader ledger, RecordSights sights, Reader reader, List<JsonPointer> withhold) {
    private static final String ON_REQUEST = "Whoever asked for this pack had it left out.";

    static ReaderView of(LedgerReader ledger, RecordSights sights, Reader reader, ExportRequest request) {
        return new ReaderView(
                ledger,
                sights,
                reader,
                request.withhold().stream().map(JsonPointer::parse).toList());
    }

    /** What of that the pack tells. Records are selected by what their reader sees, not by what they take along. */
    RecordSight given(RecordSight sight) {
        return sight.withholding(withhold, ON_REQUEST);
    }

    /**
     * What the reader sees of a record.
     *
     * @throws DisclosureDamagedException if a disclosure is not what was stored: a pack that left it out would call it
     *     withheld
     */
    RecordSight sight(Entry entry, byte[] body) {
        RecordSight sight = sights.of(
                reader, entry.id(), entry.record(), entry.stream(), body, () -> ledger.disclosures(entry.seq()));
        if (sight.isDamaged()) {
            throw new DisclosureDamagedException("the disclosures of record " + entry.id() + " are damaged");
        }
        return sight;
    }

    /** The row without its body, where that is not for the reader. */
    Row seen(Row row) {
        byte[] body = row.body();
        return seen(row, body == null ? null : sight(row.entry(), body));
    }

    static Row seen(Row row, @Nullable RecordSight sight) {
        return sight == null || sight.showsRecord() ? row : new Row(row.entry(), row.leaf(), null);
    }

    /**
     * The committed fields of a record that the reader may see, in the order of their digests: the order in which they
     * are opened is nobody's promise, and a pack's bytes are.
     */
    static List<Disclosure> disclosures(RecordSight sight) {
        return sight.disclosed().stream()
                .sorted(Comparator.comparing(Disclosure::digest))
                .toList();
    }
}
