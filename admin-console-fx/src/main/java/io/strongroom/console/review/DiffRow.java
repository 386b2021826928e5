package io.strongroom.console.review;

import java.util.List;

/**
 * A row of a comparison: what stands on the left and on the right.
 *
 * @param before the line before, in pieces; none where there is none
 * @param beforeLine its number, from 1; 0 where there is none
 * @param after the line after, likewise
 */
record DiffRow(Kind kind, int beforeLine, List<Piece> before, int afterLine, List<Piece> after) {
    /** What became of the line. */
    enum Kind {
        /** No line: where a file begins; {@link #text} names it. */
        FILE,
        /** No line: lines that are the same are left out here. */
        GAP,
        SAME,
        CHANGED,
        ADDED,
        REMOVED
    }

    /** Part of a line. */
    record Piece(String text, boolean changed) {}

    DiffRow {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    static DiffRow file(String path) {
        return new DiffRow(Kind.FILE, 0, List.of(), 0, List.of(new Piece(path, false)));
    }

    /** Where a file begins that is taken out. */
    static DiffRow goneFile(String path) {
        return new DiffRow(Kind.FILE, 0, List.of(new Piece(path, false)), 0, List.of());
    }

    /** Whether there is nothing of it afterwards. */
    boolean isGone() {
        return after.isEmpty();
    }

    static DiffRow gap(String heading) {
        return new DiffRow(Kind.GAP, 0, List.of(), 0, List.of(new Piece(heading, false)));
    }

    /** All of the right side, or of the left where there is none there. */
    String text() {
        StringBuilder text = new StringBuilder();
        (after.isEmpty() ? before : after).forEach(piece -> text.append(piece.text()));
        return text.toString();
    }
}
