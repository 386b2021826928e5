package io.strongroom.console.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.console.text.Texts;
import io.strongroom.evidence.pack.verify.Finding;
import io.strongroom.evidence.pack.verify.Remark;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SaidTest {
    private static final List<String> ARGUMENTS = List.of("A0", "B1", "C2", "D3", "E4", "F5");

    @ParameterizedTest
    @EnumSource
    void englishIsWhatTheCommandLineSaysAndGermanNamesTheSame(Remark.Saying saying) {
        Remark remark = new Remark(saying, ARGUMENTS);
        Finding finding = new Finding(Finding.Kind.TIMED, true, false, List.of(remark));
        assertThat(Said.of(finding, Texts.in(Locale.ENGLISH))).isEqualTo(finding.text());
        String german = Said.of(finding, Texts.in(Locale.GERMAN));
        assertThat(german).isNotEqualTo(finding.text()).doesNotContain("{");
        for (String argument : ARGUMENTS) {
            assertThat(german.contains(argument))
                    .as(argument)
                    .isEqualTo(finding.text().contains(argument));
        }
    }
}
