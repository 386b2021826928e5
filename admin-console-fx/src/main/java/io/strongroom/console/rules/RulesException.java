package io.strongroom.console.rules;

import io.strongroom.console.text.Texts;

/** Something about the rules on this machine that cannot be done, and why, for an officer. */
public final class RulesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String key;
    private final transient Object[] arguments;

    /**
     * Something that cannot be done.
     *
     * @param key of the text that says why
     * @param arguments of that text
     */
    public RulesException(String key, Object... arguments) {
        super(key + " " + java.util.Arrays.toString(arguments));
        this.key = key;
        this.arguments = arguments.clone();
    }

    /**
     * What git or the disk could not do.
     *
     * @param key of a text whose argument is what they said
     */
    static RulesException of(String key, Exception why) {
        Throwable cause = why;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        RulesException failed = new RulesException(key, said);
        failed.initCause(why);
        return failed;
    }

    /** Why, in words. */
    public String told(Texts texts) {
        return texts.get(key, arguments);
    }
}
