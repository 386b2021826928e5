package io.strongroom.server.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Ends the process where going on could harm the ledger: another writer has taken over, or what the database holds is
 * not what it should. The next start finds out the truth from what is stored.
 */
@FunctionalInterface
public interface ProcessHalt {
    /**
     * Called once, from the thread that found out, after every waiting caller was told.
     *
     * @param sentence what happened and what to do, for the operator
     */
    void halt(String sentence, @Nullable Throwable cause);
}
