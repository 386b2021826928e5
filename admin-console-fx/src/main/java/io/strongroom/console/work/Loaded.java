package io.strongroom.console.work;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far something is that a screen asked for. */
public sealed interface Loaded<T> {
    /** Nothing was asked for yet. */
    record Nothing<T>() implements Loaded<T> {}

    /** It is on its way, and there was nothing before. */
    record Loading<T>() implements Loaded<T> {}

    /**
     * It is here.
     *
     * @param at when it came
     * @param stale why there is nothing newer, though it was asked for; null where this is the newest
     */
    record Here<T>(T value, Instant at, @Nullable Trouble stale) implements Loaded<T> {}

    /** It did not come, and there was nothing before. */
    record Failed<T>(Trouble trouble) implements Loaded<T> {}

    /** The value, where one is here. */
    default @Nullable T value() {
        return this instanceof Here<T> here ? here.value() : null;
    }
}
