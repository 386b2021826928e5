package io.strongroom.server.projection;

import java.util.Optional;

/**
 * What of a record can be looked for. The number goes into stored hashes and rows: it never changes, and is never used
 * again.
 */
public enum Field {
    STREAM(1, "stream", true),
    SOURCE(2, "source", true),
    ACTION(3, "action", true),
    OUTCOME(4, "outcome", true),
    ACTOR(5, "actor", false),
    ACTOR_TYPE(6, "actor.type", true),
    RESOURCE(7, "resource", false),
    RESOURCE_TYPE(8, "resource.type", true),
    /** One label with its value, as {@code name=value}. */
    LABEL(9, "label", true),
    /** A word of a visible value. */
    WORD(10, "q", false),
    /** A field that is kept apart and found by a keyed hash, asked for as {@code find.<pointer>}. */
    FINDABLE(11, "find", false);

    private final int number;
    private final String parameter;
    private final boolean rolledUp;

    Field(int number, String parameter, boolean rolledUp) {
        this.number = number;
        this.parameter = parameter;
        this.rolledUp = rolledUp;
    }

    int number() {
        return number;
    }

    /** The query parameter's name; labels are asked for as {@code label.<name>}. */
    public String parameter() {
        return parameter;
    }

    /** Whether its values are counted by the hour, so that facets over all records need no record. */
    public boolean rolledUp() {
        return rolledUp;
    }

    /** The field of a facet by its parameter's name; {@link #WORD} and {@link #FINDABLE} have none. */
    public static Optional<Field> facet(String parameter) {
        for (Field field : values()) {
            if (field != WORD && field != FINDABLE && field.parameter.equals(parameter)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }
}
