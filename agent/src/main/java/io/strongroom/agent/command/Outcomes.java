package io.strongroom.agent.command;

import io.strongroom.api.CommandOutcome;

/** Tells the appliance what came of commands. */
@FunctionalInterface
public interface Outcomes {
    /**
     * Tells one.
     *
     * @return whether the appliance has it, or does not want it any more; if not, it is told again later
     */
    boolean tell(String command, CommandOutcome outcome) throws InterruptedException;
}
