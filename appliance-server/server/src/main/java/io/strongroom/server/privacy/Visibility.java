package io.strongroom.server.privacy;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.policies.SearchDecision;
import io.strongroom.policies.ViewDecision;
import java.util.Optional;

/**
 * Decides what a reader may see. Queries, packs and whatever else shows records ask here, and nothing else decides.
 *
 * <p>Called for each record that is about to be shown, by any number of threads: quick, and without effects.
 */
public interface Visibility {
    /**
     * What the reader sees of a record.
     *
     * @param whole canonical bytes of the stored record with all that can be opened put back
     */
    ViewDecision of(Reader reader, String stream, byte[] whole);

    /** Whether the reader sees every record of a stream as it is, so that none of them has to be looked at. */
    boolean showsEverything(Reader reader, String stream);

    /** Whether the reader sees every field of every record as it is, so that no record has to be looked at to know. */
    boolean showsEverything(Reader reader);

    /**
     * Whether the reader may look records up by a value of a field, or select by it what they take out.
     *
     * @param stream in which stream; empty for all
     * @param value canonical JSON
     * @throws io.strongroom.evidence.json.JsonException if no record can have a field so deep inside
     */
    SearchDecision search(Reader reader, Optional<String> stream, JsonPointer field, JsonSlice value);
}
