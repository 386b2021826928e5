package io.strongroom.console.connection;

/** The officer was asked for the second factor and would rather not: nothing was done. */
public final class Declined extends RuntimeException {
    private static final long serialVersionUID = 1;

    Declined() {
        super("the second factor was not shown");
    }
}
