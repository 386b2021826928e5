package io.strongroom.server.policy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** What of a bundle's files is another, line by line, as {@code diff -u} writes it. */
final class LineDiff {
    private static final byte[] NOTHING = {};

    private LineDiff() {}

    /** The difference as text; empty if there is none. */
    static String of(Map<String, byte[]> before, Map<String, byte[]> after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TreeSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        try (DiffFormatter formatter = new DiffFormatter(out)) {
            for (String path : paths) {
                byte[] old = before.getOrDefault(path, NOTHING);
                byte[] made = after.getOrDefault(path, NOTHING);
                if (!Arrays.equals(old, made)) {
                    String names = "--- " + (before.containsKey(path) ? "a/" + path : "/dev/null") + "\n+++ "
                            + (after.containsKey(path) ? "b/" + path : "/dev/null") + "\n";
                    out.writeBytes(names.getBytes(StandardCharsets.UTF_8));
                    RawText from = new RawText(old);
                    RawText to = new RawText(made);
                    EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, from, to);
                    formatter.format(edits, from, to);
                    formatter.flush();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
