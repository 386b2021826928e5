package io.strongroom.console.review;

/** The proposal is not the one any more that the officer looked at: nothing was signed. */
final class Moved extends RuntimeException {
    private static final long serialVersionUID = 1;

    Moved() {
        super("the proposal was pushed again, or another bundle came into force");
    }
}
