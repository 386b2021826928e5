package io.strongroom.server.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.Selection;
import io.strongroom.server.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExportDocumentTest {
    private static Selection read(String from, String to) {
        String document = "{\"purpose\":\"audit\",\"selection\":{\"from\":\"" + from + "\",\"to\":\"" + to + "\"}}";
        return ExportDocument.read(document.getBytes(StandardCharsets.UTF_8)).selection();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T01:02:03.004Z, 2026-11-21T01:02:03.004Z",
        "2026-11-21T01:02:03Z, 2026-11-21T01:02:03.000Z",
        "2026-11-21T02:32:03.5+01:30, 2026-11-21T01:02:03.500Z",
        "2026-11-21T01:02:03.0040001Z, 2026-11-21T01:02:03.005Z",
    })
    void aTimeMayBeWrittenAsInAQuestion(String asked, String means) {
        Selection selection = read(asked, asked);

        assertThat(selection.from()).isEqualTo(means);
        assertThat(selection.to()).isEqualTo(means);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "now",
                "",
                "2026-11-21",
                "2026-13-21T01:02:03Z",
                "+99999-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z"
            })
    void whatIsNoTimeIsRefused(String asked) {
        assertThatThrownBy(() -> read(asked, "2026-11-21T01:02:03Z"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("RFC 3339");
        assertThatThrownBy(() -> read("2026-11-21T01:02:03Z", asked)).isInstanceOf(ProblemException.class);
    }
}
