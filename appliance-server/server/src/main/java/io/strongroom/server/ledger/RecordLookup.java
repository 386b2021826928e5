package io.strongroom.server.ledger;

import io.strongroom.evidence.RecordId;
import java.util.OptionalLong;

/** Where a record stands in the ledger. The ledger itself is ordered by {@code seq} alone; a read model knows the ids. */
@FunctionalInterface
public interface RecordLookup {

    /**
     * The {@code seq} of a record; empty where there is none of that id. Finds what has just been acknowledged too, as
     * long as the read model is not far behind.
     */
    OptionalLong seqOf(RecordId id);
}
