package io.strongroom.console.explorer;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * One condition of a question, as it stands in its text and as a chip.
 *
 * @param name as the appliance calls it; {@link #WORDS} for free words, {@link #RECORD} for one record's id
 * @param excluded whether records that have this value are left out
 */
record Filter(String name, String value, boolean excluded) {
    /** Free words. */
    static final String WORDS = "q";

    /** What the appliance has before the name of a field whose value leaves records out. */
    static final String NOT = "not.";

    /** What the name of a label has before it. */
    static final String LABEL = "label.";

    /** One record, by its id. */
    static final String RECORD = "record";

    private static final Set<String> EXCLUDABLE =
            Set.of("stream", "source", "actor", "actor.type", "action", "resource", "resource.type", "outcome");
    private static final Pattern PLAIN = Pattern.compile("[^\\s\"]+");

    Filter {
        requireNonNull(name, "name is null");
        requireNonNull(value, "value is null");
    }

    /** One that keeps the records that have this value. */
    static Filter of(String name, String value) {
        return new Filter(name, value, false);
    }

    /** One that leaves them out. */
    static Filter without(String name, String value) {
        return new Filter(name, value, true);
    }

    /** Whether records can be left out by such a value. */
    static boolean excludable(String name) {
        return EXCLUDABLE.contains(name) || name.startsWith(LABEL);
    }

    boolean words() {
        return name.equals(WORDS);
    }

    /** What the appliance calls it. */
    String parameter() {
        return excluded ? NOT + name : name;
    }

    /** As it stands in the text. */
    String text() {
        String shown = PLAIN.matcher(value).matches() && !(words() && looksNamed(value)) ? value : quoted(value);
        return words() ? shown : (excluded ? "-" : "") + name + ":" + shown;
    }

    private static boolean looksNamed(String value) {
        return value.indexOf(':') > 0 || value.startsWith("-");
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
