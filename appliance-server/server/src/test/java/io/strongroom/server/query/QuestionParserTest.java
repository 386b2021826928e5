package io.strongroom.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.Exclusions;
import io.strongroom.api.ProblemType;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.projection.Field;
import io.strongroom.server.projection.Order;
import io.strongroom.server.projection.TimelineQuery.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionParserTest {
    private static Question parsed(Map<String, String> parameters) {
        Map<String, List<String>> each = new LinkedHashMap<>();
        parameters.forEach((name, value) -> each.put(name, List.of(value)));
        return QuestionParser.parse(each);
    }

    private static void refused(String name, String value, ProblemType type) {
        assertThatThrownBy(() -> parsed(Map.of(name, value))).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.type()).isEqualTo(type);
            assertThat(e.problem().detail()).contains(name);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attributes.email",
                "label",
                "label.",
                "labels.",
                "policy",
                "tenantId",
                "FROM",
                "offset",
                "recordId",
                "'; --",
                "not.",
                "not.q",
                "not.from",
                "not.label.",
                "not.find./attributes/email",
                "not.not.actor"
            })
    void whatIsNotListedIsRefusedWithTheList(String name) {
        refused(name, "x", ProblemType.UNSUPPORTED_FILTER);
        assertThatThrownBy(() -> parsed(Map.of(name, "x"))).hasMessageContaining("label.<name>");
    }

    @Test
    void anotherOrderIsRefused() {
        refused("sort", "action", ProblemType.UNSUPPORTED_FILTER);
        refused("sort", "-action", ProblemType.UNSUPPORTED_FILTER);
        assertThatThrownBy(() -> parsed(Map.of("sort", "action"))).hasMessageContaining("-occurredAt");
    }

    @ParameterizedTest
    @CsvSource({
        "from, yesterday",
        "to, 2026-11-21",
        "fromSeq, -1",
        "toSeq, 9223372036854775807",
        "limit, 0",
        "limit, 501",
        "limit, ten",
        "outcome, maybe",
        "q, '. - a'",
        "actor, ''",
        "not.actor, ''",
        "not.outcome, maybe"
    })
    void aValueThatCannotBeUsedIsRefused(String name, String value) {
        refused(name, value, ProblemType.INVALID_PARAMETER);
    }

    @Test
    void anExportsNamesForTheSameThingAreUnderstood() {
        Question one = parsed(Map.of("q", "Failed login", "label.env", "prod"));
        Question other = parsed(Map.of("text", "Failed login", "labels.env", "prod"));
        assertThat(other.query()).isEqualTo(one.query());
        assertThat(other.fingerprint()).isEqualTo(one.fingerprint());
        Map<String, String> both = new LinkedHashMap<>();
        both.put("q", "one");
        both.put("text", "two");
        assertThatThrownBy(() -> parsed(both)).hasMessageContaining("twice");
    }

    @Test
    void boundsAreInclusiveBelowAndAsNamedAbove() {
        Question question = parsed(Map.of(
                "from", "2026-11-21T00:00:00.000Z", "to", "2026-11-22T00:00:00.000Z", "fromSeq", "3", "toSeq", "9"));
        assertThat(question.query().fromOccurred()).isEqualTo(1_795_219_200_000L);
        assertThat(question.query().endOccurred()).isEqualTo(1_795_305_600_000L);
        assertThat(question.query().fromSeq()).isEqualTo(3);
        assertThat(question.query().endSeq()).isEqualTo(10);
        assertThat(question.query().order()).isEqualTo(Order.OCCURRED_DESC);
    }

    @Test
    void noTwoQuestionsShareAFingerprint() {
        assertThat(parsed(Map.of("actor", "a6:source1:b")).fingerprint())
                .isNotEqualTo(parsed(Map.of("actor", "a", "source", "b")).fingerprint());
        assertThat(parsed(Map.of("actor", "a", "limit", "7", "cursor", "x")).fingerprint())
                .isEqualTo(parsed(Map.of("actor", "a")).fingerprint());
    }

    @Test
    void aLabelsNameMayHoldAnything() {
        assertThat(parsed(Map.of("label.a.b=c", "d")).query().conditions())
                .containsExactly(Condition.label("a.b=c", "d"));
    }

    @Test
    void whatIsLeftOutMayHaveManyValues() {
        Question question =
                QuestionParser.parse(Map.of("not.actor", List.of("b", "a", "b"), "not.labels.team", List.of("x")));
        assertThat(question.query().conditions()).isEmpty();
        assertThat(question.exclusions())
                .containsExactlyInAnyOrder(
                        new Condition(Field.ACTOR, "a"), new Condition(Field.ACTOR, "b"), Condition.label("team", "x"));
        assertThat(question.filterNames()).containsExactly("not.actor", "not.label.team");
        assertThatThrownBy(() -> QuestionParser.parse(Map.of("actor", List.of("a", "b"))))
                .hasMessageContaining("twice");
        List<String> tooMany =
                IntStream.rangeClosed(0, Exclusions.MOST).mapToObj(i -> "a" + i).toList();
        assertThatThrownBy(() -> QuestionParser.parse(Map.of("not.actor", tooMany)))
                .hasMessageContaining("at most 100");
    }

    @Test
    void aFingerprintTellsWhatIsLeftOut() {
        String one = fingerprint("not.actor", "a", "b");
        assertThat(fingerprint("not.actor", "b", "a")).isEqualTo(one);
        assertThat(List.of(
                        fingerprint("actor", "a"),
                        fingerprint("not.actor", "a"),
                        fingerprint("not.actor", "a", "b:1:c"),
                        fingerprint("not.actor", "a", "b", "c"),
                        fingerprint("not.source", "a", "b")))
                .doesNotContain(one)
                .doesNotHaveDuplicates();
    }

    private static String fingerprint(String name, String... values) {
        return QuestionParser.parse(Map.of(name, List.of(values))).fingerprint();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T00:00:00.000Z, 0",
        "2026-11-21T00:00:00Z, 0",
        "2026-11-21T01:00:00+01:00, 0",
        "2026-11-21T00:00Z, 0",
        "2026-11-21T00:00:00.5Z, 500",
        "2026-11-21T00:00:00.000000001Z, 1",
        "2026-11-21T00:00:00.001Z, 1",
    })
    void aTimeIsReadAsPeopleWriteIt(String time, long millis) {
        assertThat(parsed(Map.of("from", time)).query().fromOccurred()).isEqualTo(1_795_219_200_000L + millis);
        assertThat(parsed(Map.of("to", time)).query().endOccurred()).isEqualTo(1_795_219_200_000L + millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21",
                "2026-11-21T00:00:00",
                "2026-02-30T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.9999Z",
                "+999999999-12-31T23:59:59Z",
                "now"
            })
    void whatIsNoTimeOrOutsideTheYearsOfRecordsIsRefused(String time) {
        refused("from", time, ProblemType.INVALID_PARAMETER);
        refused("atTo", time, ProblemType.INVALID_PARAMETER);
    }
}
