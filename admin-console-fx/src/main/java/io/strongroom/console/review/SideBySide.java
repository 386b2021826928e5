package io.strongroom.console.review;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import io.strongroom.console.review.DiffRow.Kind;
import io.strongroom.console.review.DiffRow.Piece;
import io.strongroom.evidence.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts what {@code diff -u} wrote side by side, and finds the words that changed. */
final class SideBySide {
    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@.*");
    private static final Pattern WORD = Pattern.compile("\\s+|[\\p{L}\\p{N}_]+|.", Pattern.DOTALL);

    /** Of longer lines no words are compared. */
    private static final int LONGEST = 2_000;

    private final List<String> lines;
    private final List<DiffRow> rows = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private final List<String> added = new ArrayList<>();
    private int at;
    private int beforeLine;
    private int afterLine;

    private SideBySide(String diff) {
        this.lines = diff.lines().toList();
    }

    /** The rows of all files, one after the other. */
    static List<DiffRow> of(String diff) {
        SideBySide made = new SideBySide(diff);
        made.read();
        return List.copyOf(made.rows);
    }

    private void read() {
        while (at < lines.size()) {
            String line = lines.get(at++);
            Matcher hunk = HUNK.matcher(line);
            if (line.startsWith("--- ") && at < lines.size() && lines.get(at).startsWith("+++ ")) {
                String after = lines.get(at++).substring(4);
                rows.add(
                        after.equals("/dev/null")
                                ? DiffRow.goneFile(path(line.substring(4)))
                                : DiffRow.file(path(after)));
            } else if (hunk.matches()) {
                if (rows.isEmpty() || rows.getLast().kind() != Kind.FILE) {
                    rows.add(DiffRow.gap(""));
                }
                hunk(
                        Integer.parseInt(hunk.group(1)),
                        count(hunk.group(2)),
                        Integer.parseInt(hunk.group(3)),
                        count(hunk.group(4)));
            }
        }
    }

    private static String path(String named) {
        return Printable.of(named.replaceFirst("^[ab]/", ""));
    }

    private static int count(String written) {
        return written == null ? 1 : Integer.parseInt(written);
    }

    /** Counts lines, since one that is removed may itself look like the beginning of a file. */
    private void hunk(int before, int beforeCount, int after, int afterCount) {
        beforeLine = before;
        afterLine = after;
        int olds = beforeCount;
        int news = afterCount;
        while ((olds > 0 || news > 0) && at < lines.size()) {
            String line = lines.get(at++);
            char sign = line.isEmpty() ? ' ' : line.charAt(0);
            String text = line.isEmpty() ? "" : Printable.of(line.substring(1));
            switch (sign) {
                case '-' -> {
                    removed.add(text);
                    olds--;
                }
                case '+' -> {
                    added.add(text);
                    news--;
                }
                case '\\' -> {}
                default -> {
                    changes();
                    rows.add(new DiffRow(Kind.SAME, beforeLine++, whole(text), afterLine++, whole(text)));
                    olds--;
                    news--;
                }
            }
        }
        changes();
    }

    private void changes() {
        int both = Math.min(removed.size(), added.size());
        for (int i = 0; i < both; i++) {
            rows.add(changed(removed.get(i), added.get(i)));
        }
        for (String text : removed.subList(both, removed.size())) {
            rows.add(new DiffRow(Kind.REMOVED, beforeLine++, whole(text), 0, List.of()));
        }
        for (String text : added.subList(both, added.size())) {
            rows.add(new DiffRow(Kind.ADDED, 0, List.of(), afterLine++, whole(text)));
        }
        removed.clear();
        added.clear();
    }

    private DiffRow changed(String before, String after) {
        if (before.length() > LONGEST || after.length() > LONGEST) {
            return new DiffRow(Kind.CHANGED, beforeLine++, whole(before), afterLine++, whole(after));
        }
        List<String> olds = words(before);
        List<String> news = words(after);
        boolean[] oldChanged = new boolean[olds.size()];
        boolean[] newChanged = new boolean[news.size()];
        for (AbstractDelta<String> delta : DiffUtils.diff(olds, news).getDeltas()) {
            mark(oldChanged, delta.getSource().getPosition(), delta.getSource().size());
            mark(newChanged, delta.getTarget().getPosition(), delta.getTarget().size());
        }
        return new DiffRow(Kind.CHANGED, beforeLine++, pieces(olds, oldChanged), afterLine++, pieces(news, newChanged));
    }

    private static void mark(boolean[] changed, int from, int count) {
        for (int i = from; i < from + count; i++) {
            changed[i] = true;
        }
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    private static List<Piece> whole(String text) {
        return List.of(new Piece(text, false));
    }

    private static List<Piece> pieces(List<String> words, boolean[] changed) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            Piece last = pieces.isEmpty() ? null : pieces.getLast();
            if (last != null && last.changed() == changed[i]) {
                pieces.set(pieces.size() - 1, new Piece(last.text() + words.get(i), changed[i]));
            } else {
                pieces.add(new Piece(words.get(i), changed[i]));
            }
        }
        return pieces;
    }
}
