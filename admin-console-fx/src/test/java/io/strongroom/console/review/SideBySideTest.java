package io.strongroom.console.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    private static final String DIFF = """
            --- a/masking.yaml
            +++ b/masking.yaml
            @@ -1,4 +1,4 @@
             profiles:
            -  - {classes: [RESTRICTED], mask: redact}
            --- a line that looks like a file
            +  - {classes: [RESTRICTED], mask: omit}
            +  # and why
             end
            @@ -20,1 +20,2 @@
             last
            +more
            \\ No newline at end of file
            --- /dev/null
            +++ b/notes.md
            @@ -0,0 +1 @@
            +new
            """;

    @Test
    void linesStandBesideEachOtherWithTheirNumbersAndTheWordsThatChanged() {
        List<DiffRow> rows = SideBySide.of(DIFF);

        assertThat(rows)
                .extracting(DiffRow::kind, DiffRow::beforeLine, DiffRow::afterLine, DiffRow::text)
                .containsExactly(
                        row(DiffRow.Kind.FILE, 0, 0, "masking.yaml"),
                        row(DiffRow.Kind.SAME, 1, 1, "profiles:"),
                        row(DiffRow.Kind.CHANGED, 2, 2, "  - {classes: [RESTRICTED], mask: omit}"),
                        row(DiffRow.Kind.CHANGED, 3, 3, "  # and why"),
                        row(DiffRow.Kind.SAME, 4, 4, "end"),
                        row(DiffRow.Kind.GAP, 0, 0, ""),
                        row(DiffRow.Kind.SAME, 20, 20, "last"),
                        row(DiffRow.Kind.ADDED, 0, 21, "more"),
                        row(DiffRow.Kind.FILE, 0, 0, "notes.md"),
                        row(DiffRow.Kind.ADDED, 0, 1, "new"));
        assertThat(rows.get(2).before())
                .filteredOn(DiffRow.Piece::changed)
                .containsExactly(new DiffRow.Piece("redact", true));
        assertThat(rows.get(2).after())
                .filteredOn(DiffRow.Piece::changed)
                .containsExactly(new DiffRow.Piece("omit", true));
    }

    private static org.assertj.core.groups.Tuple row(DiffRow.Kind kind, int before, int after, String text) {
        return org.assertj.core.groups.Tuple.tuple(kind, before, after, text);
    }

    @Test
    void whatWouldTurnTheDirectionOfWritingIsShownAsWhatItIs() {
        List<DiffRow> rows = SideBySide.of("--- a/x.yaml\n+++ b/x.yaml\n@@ -1 +1 @@\n-a\n+b\u202e\n");
        assertThat(rows.getLast().text()).isEqualTo("b\\u202e");
    }
}
