package io.strongroom.server.packs;

import java.io.IOException;
import java.io.OutputStream;

/** Makes packs. */
interface PackMaker {

    /** Is told how far it is, and stops it. */
    @FunctionalInterface
    interface Progress {
        /**
         * Called at least once in 1,000 entries.
         *
         * @throws ExportStoppedException if the pack is no longer wanted
         */
        void at(long done, long total) throws ExportStoppedException;
    }

    /**
     * Fixes what a pack is made of: all that is committed and selected now, under a checkpoint that covers it.
     *
     * @throws IllegalArgumentException if the selection lies outside the ledger
     */
    FrozenInputs freeze(ExportJob job) throws IOException;

    /**
     * Writes the pack, in memory that does not grow with it. The same inputs give the same bytes, but for the two files
     * with signatures.
     */
    void make(ExportJob job, FrozenInputs frozen, OutputStream out, Progress progress) throws IOException;
}
