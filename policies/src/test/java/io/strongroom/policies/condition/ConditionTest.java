package io.strongroom.policies.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.policies.Caller;
import io.strongroom.policies.condition.Condition.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private static final String RECORD = """
            {"action":"iam.CreateUser","actor":{"id":"alice","type":"User"},
             "attributes":{"items":[1,2,3],"region":"eu-west-1","level":3,"half":1.5,"nested":{"a":true}},
             "labels":{"env":"prod"},"occurredAt":"2026-11-21T01:02:03.004Z","outcome":"success",
             "resource":{"id":"r","type":"T"},"source":{"id":"s"}}
            """;

    private static ConditionInput input(String record) {
        return new ConditionInput(
                new Caller("alice", Set.of("Audit.Reader"), Map.of("department", "fraud")),
                "records.read",
                "case 17",
                Instant.parse("2026-11-21T10:30:00Z"),
                "audit.security",
                record.isEmpty() ? null : CanonicalObject.of(record.getBytes(StandardCharsets.UTF_8)));
    }

    private static Verdict evaluate(String condition) {
        return Condition.compile(condition, true).evaluate(input(RECORD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "caller.id == record.actor.id",
                "'Audit.Reader' in caller.roles",
                "caller.attributes['department'] == 'fraud' && caller.attributes.department == 'fraud'",
                "purpose.startsWith('case ') && operation == 'records.read'",
                "time.getHours('Europe/Berlin') >= 7 && time.getHours('Europe/Berlin') < 19",
                "time - record.occurredAt < duration('24h')",
                "record.action.matches('^iam[.]') && stream == 'audit.security'",
                "record.attributes.region.startsWith('eu-')",
                "has(record.attributes.region) && !has(record.attributes.missing)",
                "record.attributes.level == 3 && record.attributes.half > 1.0",
                "record.attributes.level > 2.5 && record.attributes.half < 2 && record.attributes.level == 3.0",
                "record.attributes.items.exists(i, i == 2)",
                "record.attributes.nested.a",
                "record.labels.env == 'prod'"
            })
    void speaks_of_caller_record_purpose_and_time(String condition) {
        assertThat(evaluate(condition)).isEqualTo(new Verdict.Decided(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "caller.role == 'x'",
                "caller.id == 7",
                "caller.id",
                "record.actor.name == 'x'",
                "purpose",
                "1 +",
                "[1, 2].map(x, x * 2).size() > 0",
                "record.attributes.a.exists(x, record.attributes.b.exists(y, x == y))",
                "getenv('x') == ''"
            })
    void what_is_not_a_typed_condition_is_refused_when_it_is_read(String condition) {
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.compile(condition, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "record.action.matches('((a{1,99}){1,99}){1,99}')",
                "matches(record.action, '((a{1000}){1000}){1000}')",
                "record.action.matches(record.attributes.region)",
                "record.action.matches(record.outcome == 'x' ? 'a' : 'b')",
                "['a'].exists(x, record.action.matches(x))",
                "record.action.matches('(')",
                "record.action.matches('(?=a)')"
            })
    void an_expression_to_match_by_is_small_and_stands_in_the_condition(String condition) {
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.compile(condition, true));
    }

    @Test
    void a_condition_is_short() {
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.compile("true || ".repeat(400) + "true", true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Condition.compile("(".repeat(200) + "true" + ")".repeat(200), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "record.attributes.missing == 'x'",
                "caller.attributes.missing == 'x'",
                "record.purpose == 'x'",
                "record.attributes.region > 3",
                "1 / 0 == 1",
                "record.action + record.action == 'x'",
                "[1] + [2] == [1, 2]"
            })
    void what_cannot_be_evaluated_is_undecided(String condition) {
        assertThat(evaluate(condition)).isInstanceOf(Verdict.Undecided.class);
    }

    @Test
    void a_loop_over_a_large_record_stops() {
        String record = "{\"attributes\":{\"items\":[" + "1,".repeat(20_000) + "1]}}";
        Condition condition = Condition.compile("record.attributes.items.all(i, i == 1)", true);

        assertThat(condition.evaluate(input(record))).isEqualTo(new Verdict.Undecided("it takes more than 5000 steps"));
    }

    @Test
    void a_condition_knows_whether_it_needs_a_record() {
        assertThat(Condition.compile("record.outcome == 'failure'", true).usesRecord())
                .isTrue();
        assertThat(Condition.compile("caller.id == 'x'", true).usesRecord()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.compile("record.outcome == 'x'", false));
    }

    @Test
    void the_reason_tells_nothing_of_the_record() {
        Verdict verdict = evaluate("int(record.attributes.region) == 1");

        assertThat(verdict).isInstanceOf(Verdict.Undecided.class);
        assertThat(verdict.toString()).doesNotContain("eu-west");
    }
}
