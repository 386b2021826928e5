package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.field.Disclosure;
import java.util.List;

/**
 * A record as it stands in a pack.
 *
 * @param seq its place in the ledger
 * @param entry what the ledger says of it, canonical JSON
 * @param record canonical JSON; committed fields are not in it
 * @param disclosed the committed fields that the pack shows
 * @param masked what whoever made the pack says of fields that it does not show
 */
public record PackRecord(long seq, byte[] entry, byte[] record, List<Disclosure> disclosed, List<MaskedField> masked) {
    public PackRecord {
        disclosed = List.copyOf(disclosed);
        masked = List.copyOf(masked);
    }
}
