package io.strongroom.console.work;

import java.util.function.DoubleConsumer;

/** Something that takes a while and gives an answer. */
@FunctionalInterface
public interface Job<T> {
    /**
     * Runs on a thread of its own; interrupting that thread cancels it.
     *
     * @param progress takes how much is done, 0 to 1; any thread may call it
     */
    T run(DoubleConsumer progress) throws Exception;
}
