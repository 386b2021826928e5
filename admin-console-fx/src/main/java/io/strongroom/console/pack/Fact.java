package io.strongroom.console.pack;

import io.strongroom.evidence.Printable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Something that is so, by its name. What comes from a pack has no control character any more: no line that looks like
 * ours.
 *
 * @param exact whether one compares it sign by sign, as a digest
 */
record Fact(String name, String value, boolean exact) {
    static Fact of(String name, String value) {
        return new Fact(name, Printable.of(value), false);
    }

    static Fact exact(String name, String value) {
        return new Fact(name, Printable.of(value), true);
    }

    /** Several, one below the other. */
    static Fact of(String name, List<String> values) {
        return new Fact(name, values.stream().map(Printable::of).collect(Collectors.joining("\n")), false);
    }

    /** Several of a kind that one compares sign by sign, one below the other. */
    static Fact exact(String name, List<String> values) {
        return new Fact(name, of(name, values).value(), true);
    }
}
