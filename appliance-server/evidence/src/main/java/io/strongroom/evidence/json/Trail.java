package io.strongroom.evidence.json;

import java.util.Arrays;

/** Where in a document one stands: a name or an index for each open object or array. Owned by one reader. */
final class Trail {
    /** The deepest nesting that is accepted; a document that is one object or array has depth 1. */
    static final int MAX_DEPTH = 64;

    private static final int NO_NAME = -1;
    private static final int FIRST_ROOM = 8;

    // For an open object the span of the current name between its quotes, nameFrom NO_NAME before the first; for an
    // open array nameTo is NO_NAME and nameFrom counts the elements begun.
    private int[] nameFrom = new int[FIRST_ROOM];
    private int[] nameTo = new int[FIRST_ROOM];
    private int depth;

    int depth() {
        return depth;
    }

    void reset() {
        depth = 0;
    }

    void enterObject() {
        descend();
        nameFrom[depth] = NO_NAME;
        nameTo[depth] = 0;
    }

    void enterArray() {
        descend();
        nameFrom[depth] = 0;
        nameTo[depth] = NO_NAME;
    }

    private void descend() {
        depth++;
        if (depth == nameFrom.length) {
            nameFrom = Arrays.copyOf(nameFrom, 2 * depth);
            nameTo = Arrays.copyOf(nameTo, 2 * depth);
        }
    }

    void leave() {
        depth--;
    }

    void name(int from, int to) {
        nameFrom[depth] = from;
        nameTo[depth] = to;
    }

    void noName() {
        nameFrom[depth] = NO_NAME;
    }

    void element() {
        nameFrom[depth]++;
    }

    boolean inArray() {
        return depth > 0 && nameTo[depth] == NO_NAME;
    }

    boolean inObject() {
        return depth > 0 && nameTo[depth] != NO_NAME;
    }

    /** Whether no member or element of the innermost object or array was begun. */
    boolean isFirst() {
        return inArray() ? nameFrom[depth] == 0 : nameFrom[depth] == NO_NAME;
    }

    int lastNameFrom() {
        return nameFrom[depth];
    }

    int lastNameTo() {
        return nameTo[depth];
    }

    /** The RFC 6901 pointer; the names are canonical and stand in {@code names}. */
    String pointer(byte[] names) {
        StringBuilder pointer = new StringBuilder();
        for (int i = 1; i <= depth; i++) {
            if (nameTo[i] == NO_NAME) {
                if (nameFrom[i] > 0) {
                    pointer.append('/').append(nameFrom[i] - 1);
                }
            } else if (nameFrom[i] != NO_NAME) {
                String name = CanonicalStrings.decode(names, nameFrom[i], nameTo[i]);
                pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
            }
        }
        return pointer.toString();
    }
}
