package io.strongroom.console.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.Exclusions;
import io.strongroom.api.Outcome;
import io.strongroom.api.Selection;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuestionTest {
    private static final String TEXT =
            "actor:ann outcome:failure stream:audit.security \"free words\" from:2026-11-20 label.team:fraud";

    @Test
    void textAndFiltersAreOneThing() {
        Question question = Question.parse(TEXT);
        assertThat(question.filters())
                .containsExactly(
                        Filter.of("actor", "ann"),
                        Filter.of("outcome", "failure"),
                        Filter.of("stream", "audit.security"),
                        Filter.of("q", "free words"),
                        Filter.of("from", "2026-11-20"),
                        Filter.of("label.team", "fraud"));
        assertThat(question.text()).isEqualTo(TEXT);
        assertThat(question.without(Filter.of("outcome", "failure")).text()).doesNotContain("outcome");
        Question odd = new Question(java.util.List.of(
                Filter.of("actor", "Ann \"A\\B\" Weber"), Filter.without("source", "x"), Filter.of("q", "a:b")));
        assertThat(Question.parse(odd.text())).isEqualTo(odd);
    }

    @Test
    void daysMeanAllOfTheDay() {
        assertThat(Selected.of(Question.parse("from:2026-11-20 to:2026-11-20 word other"), 9))
                .isEqualTo(Selection.where()
                        .toSeq(9L)
                        .from("2026-11-20T00:00:00.000Z")
                        .to("2026-11-21T00:00:00.000Z")
                        .text("word other")
                        .build());
        assertThat(Question.asked("to", "2026-11-20T10:30")).isEqualTo("2026-11-20T10:30:00.000Z");
        assertThat(Question.asked("to", "2026-11-20T10:30:05Z")).isEqualTo("2026-11-20T10:30:05.000Z");
        assertThat(Question.asked("to", "yesterday")).isEqualTo("yesterday");
    }

    @Test
    void whatCannotBeAskedIsSaid() {
        assertThatThrownBy(() -> Question.parse("actor:\"ann")).hasMessage("QUOTE: ");
        assertThatThrownBy(() -> Question.parse("actor: ann")).hasMessage("NO_VALUE: actor");
        assertThatThrownBy(() -> Question.parse("actor:ann actor:ben")).hasMessage("TWICE: actor");
        assertThatThrownBy(() -> Question.parse("-from:2026-11-20")).hasMessage("NOT_EXCLUDABLE: from");
        assertThatThrownBy(() -> Question.parse("record:01 actor:ann")).hasMessage("RECORD_ALONE: record");
    }

    @Test
    void aPackSelectsWhatIsFoundOrNothing() {
        Question question = Question.parse(TEXT);
        assertThat(Selected.unsupported(question)).isEmpty();
        assertThat(Selected.of(question, 99))
                .isEqualTo(Selection.where().toSeq(99L).from("2026-11-20T00:00:00.000Z").stream("audit.security")
                        .actor("ann")
                        .outcome(Outcome.FAILURE)
                        .labels(Map.of("team", "fraud"))
                        .text("free words")
                        .build());
        assertThat(Selected.unsupported(Question.parse("actor.type:User"))).contains("actor.type:User");
        assertThat(Selected.unsupported(Question.parse("-actor.type:User"))).contains("-actor.type:User");
        Question without = Question.parse("-actor:ann actor:ben -actor:cat -label.team:fraud");
        assertThat(Selected.unsupported(without)).isEmpty();
        Selection selection = Selected.of(without, 9);
        assertThat(selection.actor()).isEqualTo("ben");
        assertThat(selection.not())
                .isEqualTo(
                        Exclusions.NONE.and("actor", "ann").and("actor", "cat").andLabel("team", "fraud"));
    }
}
