package io.strongroom.agent.command;

import io.strongroom.api.CommandOutcome;
import io.strongroom.api.DeviceOrder;

/** Does what is ordered. Called by one thread at a time. */
@FunctionalInterface
public interface Deeds {
    CommandOutcome carryOut(DeviceOrder order) throws InterruptedException;
}
