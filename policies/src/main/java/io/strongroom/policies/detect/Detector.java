package io.strongroom.policies.detect;

/** Finds one kind of personal data in a text. Without state: the same text always gives the same answer. */
public interface Detector {

    /** What it looks for, as people call it. */
    String what();

    /** Whether a text with these marks could hold it; asked first, because nearly no text does. */
    boolean mayBeIn(Text text);

    /** Whether it is in the text. */
    boolean isIn(Text text);
}
