package io.strongroom.evidence.field;

import java.util.List;

/**
 * A document without its withheld members, and what gives them back.
 *
 * @param document canonical bytes of the rest, without {@code _sd}
 * @param disclosures one for each member taken out
 * @param digests for the record's {@code _sd}: the disclosures' digests, sorted, so that their order says nothing
 */
@SuppressWarnings("ArrayRecordComponent")
public record Withheld(byte[] document, List<Disclosure> disclosures, List<String> digests) {
    /** Copies the lists. */
    public Withheld {
        disclosures = List.copyOf(disclosures);
        digests = List.copyOf(digests);
    }
}
