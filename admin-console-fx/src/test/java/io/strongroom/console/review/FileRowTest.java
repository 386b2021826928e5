package io.strongroom.console.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.PolicyProposal;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileRowTest {
    private static final String DIFF = """
        --- a/classification.yaml
        +++ b/classification.yaml
        @@ -1,2 +1,3 @@
         rules:
        -  - {find: email}
        +  - {find: phone}
        +  - {find: iban}
        --- a/masking.yaml
        +++ b/masking.yaml
        @@ -4,2 +4,1 @@
             rules:
        -      - {mask: omit}
        --- a/old.test.yaml
        +++ /dev/null
        @@ -1,1 +0,0 @@
        -cases: []
        """;

    private static PolicyProposal.Comment comment(String file, int line, String text) {
        return new PolicyProposal.Comment("", "ben", "", "", file, line, text, null);
    }

    private static List<String> told(PolicyProposal.Comment... comments) {
        return FileRow.of(SideBySide.of(DIFF), List.of(comments)).stream()
                .map(row -> switch (row) {
                    case FileRow.Compared compared -> compared.row().text().strip();
                    case FileRow.Said said -> "# " + said.comment().text();
                })
                .toList();
    }

    @Test
    void aCommentStandsBelowTheLineThatItIsAbout() {
        assertThat(told(
                        comment("masking.yaml", 4, "of the other file"),
                        comment("classification.yaml", 3, "one"),
                        comment("classification.yaml", 2, "before it"),
                        comment("classification.yaml", 3, "and another")))
                .containsExactly(
                        "classification.yaml",
                        "rules:",
                        "- {find: phone}",
                        "# before it",
                        "- {find: iban}",
                        "# one",
                        "# and another",
                        "masking.yaml",
                        "rules:",
                        "# of the other file",
                        "- {mask: omit}",
                        "old.test.yaml",
                        "cases: []");
    }

    @Test
    void whatIsAboutAFileOrALineThatIsNotComparedStandsBelowItsName() {
        assertThat(told(
                        comment("masking.yaml", 0, "of all of it"),
                        comment("masking.yaml", 90, "far below"),
                        comment("quotas.yaml", 1, "of what is not changed")))
                .containsSubsequence("masking.yaml", "# of all of it", "# far below", "rules:")
                .doesNotContain("# of what is not changed");
    }

    @Test
    void whatIsTakenOutHasNoPlaceToSaySomethingOf() {
        List<FileRow> rows = FileRow.of(SideBySide.of(DIFF), List.of(comment("masking.yaml", 4, "x")));

        assertThat(rows)
                .filteredOn(row -> row instanceof FileRow.Compared compared
                        && compared.row().isGone())
                .extracting(row -> ((FileRow.Compared) row).row().text().strip())
                .containsExactly("- {mask: omit}", "old.test.yaml", "cases: []");
        assertThat(rows)
                .filteredOn(FileRow.Said.class::isInstance)
                .extracting(FileRow::place)
                .containsExactly(new Place("masking.yaml", 4));
    }
}
