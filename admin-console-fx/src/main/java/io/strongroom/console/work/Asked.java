package io.strongroom.console.work;

import java.time.InstantSource;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * One thing that a screen shows and that comes from elsewhere. A new question cancels the one before. What is on screen
 * stays while it is asked for again, and when that fails: then it says why it is old. For the UI thread alone.
 */
public final class Asked<T> {
    private final Latest latest;
    private final Function<Exception, Trouble> explain;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<Loaded<T>> state = new ReadOnlyObjectWrapper<>(new Loaded.Nothing<>());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

    /** @param explain says of whatever a job threw what an officer reads */
    public Asked(Background background, Function<Exception, Trouble> explain, InstantSource clock) {
        this.latest = background.latest();
        this.explain = explain;
        this.clock = clock;
    }

    public ReadOnlyObjectProperty<Loaded<T>> state() {
        return state.getReadOnlyProperty();
    }

    /** Whether an answer is on its way. */
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /** Asks for the same thing again: what is here stays until the answer is. */
    public void again(Job<T> job) {
        if (!(state.get() instanceof Loaded.Here<T>)) {
            state.set(new Loaded.Loading<>());
        }
        start(job);
    }

    /** Asks for another thing: what is here goes. */
    public void another(Job<T> job) {
        state.set(new Loaded.Loading<>());
        start(job);
    }

    /** Nothing is asked for, and nothing here. */
    public void clear() {
        latest.cancel();
        busy.set(false);
        state.set(new Loaded.Nothing<>());
    }

    /** As if it had come just now: what a command answered, say. */
    public void put(T value) {
        latest.cancel();
        busy.set(false);
        state.set(new Loaded.Here<>(value, clock.instant(), null));
    }

    private void start(Job<T> job) {
        busy.set(true);
        latest.start(job, new Answer<T>() {
            @Override
            public void done(T result) {
                busy.set(false);
                state.set(new Loaded.Here<>(result, clock.instant(), null));
            }

            @Override
            public void failed(Exception why) {
                busy.set(false);
                Trouble trouble = explain.apply(why);
                state.set(
                        state.get() instanceof Loaded.Here<T> here
                                ? new Loaded.Here<>(here.value(), here.at(), trouble)
                                : new Loaded.Failed<>(trouble));
            }
        });
    }
}
