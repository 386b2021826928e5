package io.strongroom.console.work;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is made in the background for one place: it, or why it did not come, or neither while it is on its way.
 * For the UI thread alone.
 */
public final class Loading<T> {
    private final Latest latest;
    private final ReadOnlyObjectWrapper<@Nullable T> value = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Exception> failure = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();

    /** Nothing is there, and nothing on its way. */
    public Loading(Background background) {
        this.latest = background.latest();
    }

    @SuppressWarnings("NullAway") // loses the annotation of a type variable
    public ReadOnlyObjectProperty<@Nullable T> value() {
        return value.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable Exception> failure() {
        return failure.getReadOnlyProperty();
    }

    /** Whether it is on its way. */
    public ReadOnlyBooleanProperty running() {
        return running.getReadOnlyProperty();
    }

    /** How far it is on its way, 0 to 1. */
    public ReadOnlyDoubleProperty progress() {
        return progress.getReadOnlyProperty();
    }

    /** Begins; what was there, or on its way, goes. */
    public void start(Job<T> job) {
        clear();
        running.set(true);
        latest.start(job, new Answer<T>() {
            @Override
            public void done(T result) {
                running.set(false);
                value.set(result);
            }

            @Override
            public void failed(Exception why) {
                running.set(false);
                failure.set(why);
            }

            @Override
            public void progressed(double part) {
                progress.set(part);
            }
        });
    }

    /** Nothing is there any more, nor on its way. */
    public void clear() {
        latest.cancel();
        running.set(false);
        progress.set(0);
        failure.set(null);
        value.set(null);
    }
}
