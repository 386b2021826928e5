package io.strongroom.api.client;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The query part of an address, parameter by parameter; what is null is left out. */
final class Parameters {
    private final StringJoiner joined = new StringJoiner("&", "?", "").setEmptyValue("");

    Parameters put(String name, @Nullable Object value) {
        if (value != null) {
            joined.add(name + "=" + Paths.segment(value.toString()));
        }
        return this;
    }

    /** With its question mark; empty where there are no parameters. */
    @Override
    public String toString() {
        return joined.toString();
    }
}
