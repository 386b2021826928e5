package io.strongroom.console.review;

import io.strongroom.api.PolicyProposal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of the page of files: of the comparison, or what was said of the row above it. */
sealed interface FileRow {
    /** In which file. */
    String file();

    /** A row of the comparison. */
    record Compared(String file, DiffRow row) implements FileRow {}

    /** What somebody said. */
    record Said(String file, PolicyProposal.Comment comment) implements FileRow {}

    /** The place that a comment here is about. */
    default Place place() {
        return switch (this) {
            case Compared compared -> new Place(file(), compared.row().afterLine());
            case Said said -> new Place(file(), said.comment().line());
        };
    }

    /**
     * The comparison, with each comment below the line that it is about; or below the file's name, where its line is not
     * among those that are compared.
     *
     * @param comments of the commit that is compared
     */
    static List<FileRow> of(List<DiffRow> rows, List<PolicyProposal.Comment> comments) {
        Map<Place, List<PolicyProposal.Comment>> waiting = new LinkedHashMap<>();
        comments.stream().filter(comment -> comment.file() != null).forEach(comment -> waiting.computeIfAbsent(
                        new Place(comment.file(), comment.line()), place -> new ArrayList<>())
                .add(comment));
        List<FileRow> all = new ArrayList<>();
        for (List<DiffRow> ofOne : byFile(rows)) {
            String file = ofOne.getFirst().text();
            List<FileRow> below = new ArrayList<>();
            for (DiffRow row : ofOne.subList(1, ofOne.size())) {
                below.add(new Compared(file, row));
                if (row.afterLine() > 0) {
                    below.addAll(said(file, waiting.remove(new Place(file, row.afterLine()))));
                }
            }
            all.add(new Compared(file, ofOne.getFirst()));
            waiting.entrySet().stream()
                    .filter(each -> file.equals(each.getKey().file()))
                    .forEach(each -> all.addAll(said(file, each.getValue())));
            all.addAll(below);
        }
        return List.copyOf(all);
    }

    private static List<FileRow> said(String file, @Nullable Collection<PolicyProposal.Comment> comments) {
        return comments == null
                ? List.of()
                : comments.stream()
                        .<FileRow>map(comment -> new Said(file, comment))
                        .toList();
    }

    private static List<List<DiffRow>> byFile(List<DiffRow> rows) {
        List<List<DiffRow>> files = new ArrayList<>();
        for (DiffRow row : rows) {
            if (row.kind() == DiffRow.Kind.FILE) {
                files.add(new ArrayList<>());
            }
            if (!files.isEmpty()) {
                files.getLast().add(row);
            }
        }
        return files;
    }
}
