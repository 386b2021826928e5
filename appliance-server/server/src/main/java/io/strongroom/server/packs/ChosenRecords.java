package io.strongroom.server.packs;

import io.strongroom.api.FieldError;
import io.strongroom.api.ProblemType;
import io.strongroom.api.Selection;
import io.strongroom.evidence.RecordId;
import io.strongroom.server.ledger.RecordLookup;
import io.strongroom.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where the records stand that a selection names. */
@Singleton
final class ChosenRecords {
    private static final int MOST_TOLD = 10;

    private final RecordLookup lookup;

    ChosenRecords(RecordLookup lookup) {
        this.lookup = lookup;
    }

    /**
     * Their places in the ledger; empty where the selection names none.
     *
     * @throws ProblemException {@code schema}, naming those of which there is no record
     */
    SortedSet<Long> places(Selection selection) {
        SortedSet<Long> places = new TreeSet<>();
        List<FieldError> unknown = new ArrayList<>();
        List<String> ids = selection.records();
        for (int i = 0; i < ids.size(); i++) {
            OptionalLong seq = lookup.seqOf(RecordId.parse(ids.get(i)));
            if (seq.isPresent()) {
                places.add(seq.getAsLong());
            } else if (unknown.size() < MOST_TOLD) {
                unknown.add(new FieldError("/selection/records", "No record has the id " + ids.get(i) + "."));
            }
        }
        if (!unknown.isEmpty()) {
            throw new ProblemException(
                    ProblemType.SCHEMA, "The selection names what is no record of this ledger.", unknown);
        }
        return places;
    }
}
