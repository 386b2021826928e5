package io.strongroom.console.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.console.text.Texts;
import io.strongroom.evidence.pack.verify.Failure;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackFacts;
import io.strongroom.evidence.pack.verify.Rung;
import io.strongroom.evidence.pack.verify.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomesTest {
    @ParameterizedTest
    @CsvSource({"true, The log contradicts itself", "false, do not fit together"})
    void aLogThatContradictsItselfIsToldFromAPackThatDoesNotHold(boolean fork, String said) {
        Verdict recorded = new Verdict(Rung.RECORDED, Verdict.Outcome.FAILED, "for the command line");
        Failure failure = new Failure("checkpoints/7.note", null, "one root", "another", fork);
        Ladder ladder = new Ladder(List.of(recorded), List.of(), true, Optional.of(failure), PackFacts.NONE);
        assertThat(Texts.in(Locale.ENGLISH).get(Outcomes.sentence(recorded, ladder)))
                .contains(said);
        assertThat(Texts.in(Locale.GERMAN).get(Outcomes.sentence(recorded, ladder)))
                .doesNotContain(said);
    }
}
