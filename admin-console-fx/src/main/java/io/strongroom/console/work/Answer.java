package io.strongroom.console.work;

/** Is told on the UI thread what became of a job. Of {@link #done} and {@link #failed} one comes, or neither. */
public interface Answer<T> {
    void done(T result);

    void failed(Exception why);

    /** How much is done, 0 to 1. Comes as often as the UI keeps up with. */
    default void progressed(double part) {}
}
