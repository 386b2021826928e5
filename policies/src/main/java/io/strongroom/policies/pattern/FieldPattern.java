package io.strongroom.policies.pattern;

import io.strongroom.evidence.field.JsonPointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Names fields of a record: a JSON pointer (RFC 6901) in which {@code *} in a name stands for any characters of that
 * name, and {@code **} as a name for any number of names, also for none. It names a member and all that is inside it.
 */
public final class FieldPattern {
    /** Longest pattern, in characters. */
    public static final int MAX_CHARS = 512;

    /** Most names in a pattern. */
    public static final int MAX_SEGMENTS = 24;

    private final String text;
    private final List<Segment> segments;

    private FieldPattern(String text, List<Segment> segments) {
        this.text = text;
        this.segments = segments;
    }

    /** A part of a pattern. */
    sealed interface Segment {
        /** One name. */
        record Name(Glob glob) implements Segment {}

        /** Any number of names. */
        record AnyDepth() implements Segment {}
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it is none; the message says why
     */
    public static FieldPattern parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("a field begins with a slash, as in /attributes/email");
        }
        if (text.length() > MAX_CHARS) {
            throw new IllegalArgumentException("a field has at most " + MAX_CHARS + " characters");
        }
        List<Segment> segments = new ArrayList<>();
        for (String token : JsonPointer.parse(text).tokens()) {
            segments.add(segment(token));
        }
        if (segments.size() > MAX_SEGMENTS) {
            throw new IllegalArgumentException("a field has at most " + MAX_SEGMENTS + " names");
        }
        return new FieldPattern(text, List.copyOf(segments));
    }

    private static Segment segment(String token) {
        if (token.isEmpty()) {
            throw new IllegalArgumentException("a name in a field is empty");
        }
        if (token.equals("-") || token.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException(
                    "an element of an array cannot be named (" + token + "): name the array, which is one field");
        }
        if (token.equals("**")) {
            return new Segment.AnyDepth();
        }
        if (token.contains("**")) {
            throw new IllegalArgumentException("** stands alone between slashes");
        }
        return new Segment.Name(new Glob(token));
    }

    List<Segment> segments() {
        return segments;
    }

    /** Whether it names exactly one member. */
    public boolean isLiteral() {
        return segments.stream()
                .allMatch(segment ->
                        segment instanceof Segment.Name name && name.glob().isLiteral());
    }

    /** Which of these names a record's members have, it begins with; all of them where it begins with {@code **}. */
    public List<String> beginsWith(Set<String> names) {
        return switch (segments.getFirst()) {
            case Segment.AnyDepth any -> List.copyOf(names);
            case Segment.Name name ->
                names.stream().filter(name.glob()::matches).sorted().toList();
        };
    }

    /** The first name, as it is written. */
    public String first() {
        return segments.getFirst() instanceof Segment.Name name ? name.glob().text() : "**";
    }

    /** Whether the pattern names the member at {@code pointer}, or one that it is inside. */
    public boolean covers(JsonPointer pointer) {
        int reached = start();
        for (String name : pointer.tokens()) {
            reached = step(reached, name);
            if (isWhole(reached)) {
                return true;
            }
        }
        return false;
    }

    // What was reached is a set of positions: bit i stands before segment i, and the bit behind the last for the whole.

    int start() {
        return withoutAnyDepth(1);
    }

    int step(int reached, String name) {
        int next = 0;
        for (int i = 0; i < segments.size(); i++) {
            if ((reached & 1 << i) != 0) {
                next |= switch (segments.get(i)) {
                    case Segment.AnyDepth any -> 1 << i;
                    case Segment.Name one -> one.glob().matches(name) ? 1 << i + 1 : 0;
                };
            }
        }
        return withoutAnyDepth(next);
    }

    /** What a name reaches that no literal and no glob but {@code *} knows. */
    int stepUnknown(int reached) {
        int next = 0;
        for (int i = 0; i < segments.size(); i++) {
            if ((reached & 1 << i) != 0) {
                next |= switch (segments.get(i)) {
                    case Segment.AnyDepth any -> 1 << i;
                    case Segment.Name one -> one.glob().isAny() ? 1 << i + 1 : 0;
                };
            }
        }
        return withoutAnyDepth(next);
    }

    /** {@code **} stands for no name, too. */
    private int withoutAnyDepth(int reached) {
        int closed = reached;
        for (int i = 0; i < segments.size(); i++) {
            if ((closed & 1 << i) != 0 && segments.get(i) instanceof Segment.AnyDepth) {
                closed |= 1 << i + 1;
            }
        }
        return closed;
    }

    boolean isWhole(int reached) {
        return (reached & 1 << segments.size()) != 0;
    }

    /** Without the whole: what can still be reached further in. */
    int beyond(int reached) {
        return reached & ~(1 << segments.size());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldPattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
