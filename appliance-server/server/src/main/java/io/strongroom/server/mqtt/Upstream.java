package io.strongroom.server.mqtt;

import io.strongroom.server.access.DeviceIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where what devices publish goes. For any number of threads, which it makes wait for the ledger. */
interface Upstream {

    /**
     * Takes a batch in. Durable when it returns, every line settled.
     *
     * @return the acknowledgement, as it is told to the device
     * @throws io.strongroom.server.problem.ProblemException if it is refused, or cannot be taken now
     */
    byte[] batch(DeviceIdentity device, Upward batch);

    /**
     * Takes in what came of a command. Durable when it returns.
     *
     * @throws io.strongroom.server.problem.ProblemException if it is not understood, or cannot be taken now
     */
    void outcome(DeviceIdentity device, Upward outcome);

    /** Examines messages that are no batches, up to the first that policy puts off. Nothing is stored yet. */
    Examined examine(DeviceIdentity device, List<Upward> messages);

    /** Messages that were examined. */
    interface Examined {
        /** How many, from the first. */
        int size();

        /** When the message behind them may come again, if policy puts it off. */
        Optional<Duration> putOff();

        /**
         * Settles them. Durable when it returns; if it throws, it may be called again.
         *
         * @throws io.strongroom.server.problem.ProblemException if they cannot be taken now
         */
        void settle();
    }
}
