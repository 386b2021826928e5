package io.strongroom.console.chain;

import io.strongroom.evidence.note.VerifiedCheckpoint;

/** What verifying the log said. */
sealed interface Verdict {
    /**
     * All of it holds, up to the newest checkpoint.
     *
     * @param from the first entry that was read this time
     * @param seals how many seals of days were compared on the way
     */
    record Held(Verified verified, VerifiedCheckpoint checkpoint, long from, int seals) implements Verdict {}

    /**
     * It does not: the first place where.
     *
     * @param seq the entry; -1 where it is the log as a whole
     * @param what what of it
     */
    record Broken(long seq, What what, String expected, String found) implements Verdict {}

    /** What did not hold. */
    enum What {
        /** The checkpoint's signatures. */
        CHECKPOINT,
        /** The log has fewer entries than were verified here. */
        SHORTER,
        /** The bytes of a bundle, or of a tile. */
        FORM,
        /** An entry's hash, against the log's own tile. */
        LEAF,
        /** The place that an entry names. */
        PLACE,
        /** The hash of the entry before, as an entry names it. */
        LINK,
        /** An entry's time, which is before the one before. */
        TIME,
        /** The root that a day's seal names. */
        SEAL,
        /** The root of the checkpoint. */
        ROOT
    }
}
