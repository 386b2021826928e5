package io.strongroom.console.explorer;

/** A question's text that cannot be asked. */
final class QuestionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why; the texts have a sentence for each. */
    enum Why {
        /** A quotation mark has no other. */
        QUOTE,
        /** A name has no value behind its colon. */
        NO_VALUE,
        /** One field is asked for twice. */
        TWICE,
        /** This machine cannot leave out by that field. */
        NOT_EXCLUDABLE,
        /** A record's id stands with other filters. */
        RECORD_ALONE
    }

    private final Why why;
    private final String name;

    QuestionException(Why why, String name) {
        super(why + ": " + name);
        this.why = why;
        this.name = name;
    }

    Why why() {
        return why;
    }

    /** The filter that it is about; empty for none. */
    String name() {
        return name;
    }
}
