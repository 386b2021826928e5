package io.strongroom.console.connection;

import org.jspecify.annotations.Nullable;

/** Asks the officer for a code of the authenticator, in the middle of a call that needs it. */
@FunctionalInterface
public interface SecondFactor {
    /**
     * Blocks until the officer has answered; called off the UI thread.
     *
     * @param wrong whether the code before was not right
     * @return the code; null if the officer would rather not
     */
    @Nullable
    String code(boolean wrong) throws InterruptedException;
}
