package io.strongroom.policies.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.policies.Fault;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.TestBundle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a case does not list must be denied: a field that is seen, a reader who reads, a field that is kept apart. */
class BundleTestsTest {
    private final TestBundle bundle = new TestBundle()
            .file("classification.yaml", """
                    default: INTERNAL
                    rules:
                      - {fields: [/actor/id, /attributes/pin], class: CONFIDENTIAL, kind: identifier}
                    """)
            .file("handling.yaml", "subject: [{fields: [/actor/id]}]\nrules: [{fields: [/attributes/pin], do: drop}]\n")
            .file(
                    "masking.yaml",
                    "profiles: [{name: p, roles: [R], rules: [{kinds: [identifier], mask: last4}, {fields: [/outcome], mask: omit}]}]\n")
            .file(
                    "access.yaml",
                    "rules: [{roles: [R], operations: [records.read], when: \"time < timestamp('2027-01-01T00:00:00Z')\"}]\n")
            .file("export.yaml", "rules: [{roles: [R], formats: [parquet], purpose: required}]\n");

    private List<String> failures(String cases) {
        return run("2026-11-21T10:00:00Z", cases).cases().getFirst().failures();
    }

    private TestReport run(String time, String cases) {
        return run(time, cases, "");
    }

    /** A file with a case that expects {@code first}, and after it {@code more} cases. */
    private TestReport run(String time, String first, String more) {
        return BundleTests.run(bundle.file("a.test.yaml", """
                        time: %s
                        readers:
                          alice: {roles: [R]}
                          bob: {roles: [Q]}
                        records:
                          r: {action: a, actor: {id: 00u1abc23}, attributes: {pin: 1, x: 2}, outcome: failure, source: {id: s}}
                        cases:
                          - name: one
                            record: r
                            purpose: case 17
                        %s%s
                        """.formatted(time, first.indent(4), more.indent(2)))
                .load());
    }

    @Test
    void a_field_that_is_dropped_is_listed_though_nothing_stays_beside_it() {
        for (String listed : List.of("/attributes/pin", "/attributes")) {
            assertThat(run("2026-11-21T10:00:00Z", "", """
                            - name: alone
                              record: {action: a, actor: {id: 00u1abc23}, attributes: {pin: 1}, source: {id: s}}
                              write: {commits: [/actor/id], drops: [%s], hashes: []}
                            """.formatted(listed))
                            .cases()
                            .get(1)
                            .failures())
                    .isEmpty();
        }
    }

    @Test
    void a_case_that_lists_everything_passes() {
        assertThat(failures("""
                        write: {class: CONFIDENTIAL, retention: audit-7y, subject: /actor/id, commits: [/actor/id, /outcome], drops: [/attributes/pin]}
                        read:
                          alice: {shows: [/action, /attributes/x, /source/id], masks: {/actor/id: '****bc23'}, hides: [/outcome]}
                          bob: denied
                        export:
                          alice: {format: parquet, shows: ['/**'], masks: {/actor/id: '****bc23'}, hides: [/outcome]}
                        access:
                          - {operation: records.read, allowed: [alice]}
                        """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "read: {alice: {masks: {/actor/id: '****bc23'}, shows: [/action]}}|read: alice must not see /attributes/x, which is not listed: it is shown, as INTERNAL",
                "read: {alice: {shows: ['/**']}}|read: alice does not see /actor/id as it is: it is shown as ****bc23 by masking.yaml:1",
                "read: {alice: {masks: {/actor/id: 00u1}, shows: ['/**']}}|read: alice must see /actor/id as 00u1: it is shown as ****bc23 by masking.yaml:1",
                "read: {alice: {shows: ['/**'], hides: [/action, /actor/id]}}|read: alice must not see /action, which hides lists: it is shown, as INTERNAL",
                "read: {alice: {shows: [/action, /attributes], masks: {/actor/id: '****bc23'}, hides: [/actor/type]}}|read: alice has /outcome hidden, which hides does not list: it is hidden, omitted by masking.yaml:1",
                "read: {alice: {shows: [/actoin]}}|read: alice is to see or miss /actoin, which the record does not have",
                "read: {}|read: alice may read the record (allowed by access.yaml:1), but must be denied",
                "read: {bob: {shows: [/action]}}|read: bob is denied: no rule of access.yaml allows records.read to Q",
                "export: {alice: denied}|export: alice may export the record (allowed by export.yaml:1), but must be denied",
                "export: {alice: {shows: [/action]}}|export: alice is denied: no rule of export.yaml allows an export of audit.default to R; export.yaml:1 gives parquet only",
                "write: {commits: [/actor/id], drops: [/attributes]}|write: the bundle commits /outcome, which commits does not list",
                "write: {commits: [/actor, /outcome, /action]}|write: the bundle drops /attributes/pin, which drops does not list",
                "write: {commits: [/actor, /outcome, /action]}|write: commits lists /action, but the bundle commits no such field",
                "write: {class: RESTRICTED}|write: the class is CONFIDENTIAL, not RESTRICTED",
                "write: {retention: x}|write: the retention class is audit-7y, not x",
                "write: {subject: /actor/x}|write: the subject is /actor/id, not /actor/x",
                "write: {refused: true}|write: the record is taken in, but must be refused",
                "access: [{operation: records.read, allowed: [bob]}]|access: alice may records.read: allowed by access.yaml:1",
                "access: [{operation: records.read, allowed: [bob]}]|access: bob may not records.read: no rule of access.yaml allows records.read to Q"
            })
    void what_is_decided_otherwise_fails_and_is_told(String expectation, String failure) {
        assertThat(failures(expectation)).contains(failure);
    }

    @Test
    void time_stands_still_where_the_file_says() {
        TestReport report = run("2027-06-01T00:00:00Z", "read: {alice: denied}");

        assertThat(report.failed()).isZero();
    }

    @Test
    void readers_who_see_the_same_share_a_line() {
        bundle.file("access.yaml", "rules: [{roles: ['*'], operations: ['*']}]\n");

        assertThat(failures("read: {'alice, bob': {shows: [/action, /attributes], masks: {/actor/id: '****bc23'}}}"))
                .containsExactly(
                        "read: bob must see /actor/id as ****bc23: it is hidden, no masking profile fits the reader");
    }

    @Test
    void what_a_test_speaks_of_must_be_there() {
        assertThatThrownBy(() -> run("soon", "read: {carol: {shows: [action]}}"))
                .isInstanceOf(InvalidBundleException.class)
                .hasMessageContaining("a.test.yaml:1: time is none: write it as 2026-11-21T10:00:00Z")
                .hasMessageContaining("there is no reader carol")
                .hasMessageContaining("the field action is none");
    }

    @Test
    void the_report_is_for_people_and_for_programs() {
        TestReport report = run(
                "2026-11-21T10:00:00Z",
                "write: {class: PUBLIC, commits: [/actor, /outcome], drops: [/attributes/pin]}",
                "- name: two\n  access: []");

        assertThat(report.toText()).isEqualTo("""
                        ✘ a.test.yaml: 1 of 2 cases passed
                          a.test.yaml:8: one
                            write: the class is CONFIDENTIAL, not PUBLIC
                        access.yaml: %s: %s
                        1 passed, 1 failed
                        """.formatted(
                report.faults().getFirst().reason(), report.faults().getFirst().remedy()));
        assertThat(new String(report.toJson(), StandardCharsets.UTF_8))
                .contains(
                        "{\"failures\":[\"write: the class is CONFIDENTIAL, not PUBLIC\"],\"file\":\"a.test.yaml\",\"line\":8,\"name\":\"one\",\"passed\":false}")
                .contains("\"failed\":1,\"faults\":[{\"file\":\"access.yaml\",\"line\":0,\"reason\":\"leaves nobody")
                .endsWith("\"passed\":1,\"warnings\":[]}");
        assertThat(CanonicalJson.isCanonical(report.toJson())).isTrue();
    }

    @Test
    void a_record_pasted_as_json_is_a_record() {
        TestReport report = run(
                "2026-11-21T10:00:00Z",
                "write: {commits: [/actor/id, /outcome], drops: [/attributes/pin]}",
                "- name: two\n  record: {\"action\":\"a\",\"attributes\":{\"x\":[1,\"b\",null,true],\"@timestamp\":\"2020-10-21T11:28:11.220Z\"}}\n"
                        + "  write: {class: INTERNAL}\n  read: {alice: {shows: [\"/**\"]}}");

        assertThat(report.toText()).endsWith("2 passed, 0 failed\n");
    }

    // --- What every bundle is asked

    private static final String FREE = """
            rules:
              - {roles: [Audit.Reader], operations: [policy.propose, policy.activate]}
              - {roles: [Audit.Admin, Security.Admin], operations: [policy.approve]}
            """;

    @Test
    void a_bundle_must_leave_who_could_change_it_whatever_conditions_come_to() {
        assertThat(faults(FREE)).isEmpty();
        assertThat(faults(FREE.replace("[policy.approve]", "[policy.*], purpose: required")))
                .as("a purpose is there for whoever states it")
                .isEmpty();
        for (String closed : List.of(
                FREE.replace("policy.propose, ", ""),
                FREE.replace(", Security.Admin", ", Wizard"),
                FREE.replace("[policy.approve]", "[policy.approve], when: caller.attributes.team == 'x'"),
                FREE.replace(
                        "policy.activate]", "policy.activate], when: \"time < timestamp('2026-12-01T00:00:00Z')\""),
                FREE.replace("[policy.approve]", "[policy.approve], streams: [system.*]"))) {
            assertThat(faults(closed))
                    .as(closed)
                    .singleElement()
                    .asString()
                    .startsWith("access.yaml: leaves nobody who could change the rules again: allow policy.propose");
        }
        assertThat(run("2026-11-21T10:00:00Z", "read: {alice: denied}").isGood())
                .isFalse();
    }

    private static List<String> faults(String access) {
        return BundleTests.run(new TestBundle().file("access.yaml", access).load()).faults().stream()
                .map(Fault::toString)
                .toList();
    }

    @Test
    void a_name_of_a_field_that_reads_as_another_is_told_and_not_refused() {
        TestReport report = BundleTests.run(new TestBundle()
                .file("access.yaml", FREE)
                .file("classification.yaml", """
                        default: INTERNAL
                        rules:
                          - fields: [/attributes/email, /attributes/Straße, /attributes/顧客ID, /attributes/имя, /attributes/*_имя1]
                            class: CONFIDENTIAL
                          - fields: [/attributes]
                            except: [/attributes/**/\u0435mail, /attributes/cafe\u0301]
                            class: CONFIDENTIAL
                        """)
                .load());

        assertThat(report.isGood()).isTrue();
        assertThat(report.warnings())
                .extracting(Fault::toString)
                .containsExactly(
                        "classification.yaml:5: the field /attributes/**/\u0435mail has a name that mixes LATIN and CYRILLIC letters"
                                + " (U+0435): names are compared letter by letter: copy it from a record",
                        "classification.yaml:5: the field /attributes/cafe\u0301 has a name that is not in Unicode's normal form C"
                                + " (U+0301): names are compared letter by letter: copy it from a record");
        assertThat(report.toText()).startsWith("warning: classification.yaml:5: ");
        assertThat(new String(report.toJson(), StandardCharsets.UTF_8))
                .contains("\"faults\":[],\"passed\":0,\"warnings\":[{");
    }

    @Test
    void a_record_that_the_appliance_would_not_take_in_is_no_test() {
        for (String record : List.of(
                "{occurredAt: 2026-11-21T01:02:03Z}",
                "{occurredAt: 2026-02-30T01:02:03.004Z}",
                "{outcome: done}",
                "{createdAt: 2026-11-21T01:02:03.004Z}",
                "{stream: Audit}",
                "{actor: {name: x}}",
                "{labels: {a: 1}}")) {
            bundle.file("b.test.yaml", """
                    time: 2026-11-21T10:00:00Z
                    readers: {}
                    records:
                      r: %s
                    cases: [{name: n, record: r, access: []}]
                    """.formatted(record));

            assertThatThrownBy(() -> BundleTests.run(bundle.load()))
                    .as(record)
                    .isInstanceOfSatisfying(InvalidBundleException.class, e -> assertThat(e.faults())
                            .singleElement()
                            .satisfies(fault -> assertThat(fault.line()).isEqualTo(4)));
        }
    }
}
