package io.strongroom.api.client;

/** Asks a person for a code of their authenticator, in the middle of a call that needs one. */
@FunctionalInterface
public interface SecondFactor {
    /**
     * Blocks until the person has answered; called on the thread of the call. What it throws ends the call.
     *
     * @param wrong whether the code before was not right
     */
    String code(boolean wrong);
}
