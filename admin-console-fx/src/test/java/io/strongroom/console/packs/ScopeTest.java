package io.strongroom.console.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.strongroom.api.Exclusions;
import io.strongroom.api.Outcome;
import io.strongroom.api.Selection;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Scope from(String from, String to) {
        return new Scope(from, to, "", "", "", "", "", "", "", "", "", "", "");
    }

    @Test
    void nothingTypedIsTheWholeLedger() throws Scope.Misread {
        assertThat(Scope.ALL.selection(BERLIN)).isEqualTo(Selection.ALL);
    }

    @Test
    void aDayIsIncludedAsAWholeInTheZoneThatTimesAreToldIn() throws Scope.Misread {
        Selection selection = from("2026-11-20", "2026-11-20").selection(BERLIN);
        assertThat(selection.from()).isEqualTo("2026-11-19T23:00:00.000Z");
        assertThat(selection.to()).isEqualTo("2026-11-20T23:00:00.000Z");
    }

    @Test
    void aTimeMayStandWithItsZoneOrWithout() throws Scope.Misread {
        assertThat(from("2026-11-20 08:30", "").selection(BERLIN).from()).isEqualTo("2026-11-20T07:30:00.000Z");
        assertThat(from("2026-11-20T08:30:01Z", "").selection(BERLIN).from()).isEqualTo("2026-11-20T08:30:01.000Z");
        assertThat(from("2026-11-20T08:30:01+05:00", "").selection(BERLIN).from())
                .isEqualTo("2026-11-20T03:30:01.000Z");
    }

    @Test
    void allThatWasTypedIsSelectedBy() throws Scope.Misread {
        Scope scope = new Scope(
                "",
                "",
                " audit.security ",
                "",
                "ann",
                "",
                "",
                "failure",
                "team=fraud site=b",
                "card",
                "actor=svc-backup actor=cron label.env=test",
                "3",
                "9");
        assertThat(scope.selection(BERLIN))
                .isEqualTo(Selection.where().fromSeq(3L).toSeq(9L).stream("audit.security")
                        .actor("ann")
                        .outcome(Outcome.FAILURE)
                        .labels(Map.of("team", "fraud", "site", "b"))
                        .text("card")
                        .not(Exclusions.NONE
                                .and("actor", "svc-backup")
                                .and("actor", "cron")
                                .andLabel("env", "test"))
                        .build());
    }

    @Test
    void whatCannotBeUnderstoodNamesItsField() {
        for (Scope wrong : new Scope[] {
            from("yesterday", ""),
            from("", "2026-13-01"),
            new Scope("", "", "", "", "", "", "", "", "", "", "", "-1", ""),
            new Scope("", "", "", "", "", "", "", "", "", "", "", "9", "3"),
            new Scope("", "", "", "", "", "", "", "", "fraud", "", "", "", ""),
            new Scope("", "", "", "", "", "", "", "fine", "", "", "", "", ""),
            new Scope("", "", "", "", "", "", "", "", "", "", "words=x", "", ""),
            new Scope("", "", "", "", "", "", "", "", "", "", "outcome=fine", "", "")
        }) {
            assertThatExceptionOfType(Scope.Misread.class)
                    .isThrownBy(() -> wrong.selection(BERLIN))
                    .satisfies(misread -> assertThat(misread.field()).isNotEmpty());
        }
    }
}
