package io.strongroom.server.privacy;

import io.strongroom.evidence.field.Disclosure;
import io.strongroom.policies.Classification;
import io.strongroom.server.access.Caller;

/**
 * Decides what a reader may see. Queries, packs and whatever else shows records ask here, and nothing else decides.
 *
 * <p>Called for each record and field that is about to be shown, by any number of threads: quick, and without effects. A
 * decision that cannot be made is {@link Sight.Hidden}, never an exception.
 */
public interface Visibility {

    /** What a reader sees of one committed field. */
    sealed interface Sight {
        /** Its value. */
        record Clear() implements Sight {}

        /**
         * That it is there, and not its value.
         *
         * @param reason why, in a sentence for the reader that says nothing about the value
         */
        record Hidden(String reason) implements Sight {}
    }

    /**
     * Whether the reader may see a stored record at all. Where not, he sees its entry and leaf, since parts of a body
     * prove nothing: so for a field that was stored in clear and that a later policy hides from him (formats §4).
     *
     * @param stored the stored record's canonical bytes
     */
    boolean showsRecord(Caller reader, byte[] stored);

    /**
     * What the reader sees of a field that the stored record only commits to.
     *
     * @param classification the class that policy gave the field when the record was taken in
     */
    Sight of(Caller reader, Disclosure field, Classification classification);
}
