package io.strongroom.console.desk;

/** Goes to another screen, and remembers from where. */
@FunctionalInterface
public interface Navigator {
    void go(Spot spot);
}
