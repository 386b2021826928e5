package io.strongroom.policies.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.policies.AccessDecision.Outcome;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Caller;
import io.strongroom.policies.ExportRequest;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.Operations;
import io.strongroom.policies.TestBundle;
import io.strongroom.policies.ViewDecision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody sees of a record, may do, and may take out. */
class ReadingTest {
    private static final Instant TIME = Instant.parse("2026-11-21T10:00:00Z");
    private static final String RECORD =
            "{'action':'a','actor':{'id':'00u1abc23'},'attributes':{'amount':12.5,'born':'1984-02-29','email':'john@example.com',"
                    + "'items':['x'],'key':'k','pin':'1234','region':'eu'},'occurredAt':'2026-11-21T01:02:03.004Z','stream':'s'}";

    private final TestBundle bundle = new TestBundle()
            .file("classification.yaml", """
                    default: INTERNAL
                    rules:
                      - {fields: [/actor/id, /attributes/pin], class: CONFIDENTIAL, kind: identifier}
                      - {fields: [/attributes/email], class: CONFIDENTIAL, kind: contact}
                      - {fields: [/attributes/born], class: CONFIDENTIAL}
                      - {fields: [/attributes/key], class: RESTRICTED}
                      - {fields: [/attributes/items], class: CONFIDENTIAL, kind: identifier}
                    """)
            .file("masking.yaml", """
                    profiles:
                      - name: investigator
                        roles: [Audit.Investigator]
                        uses: [read]
                        rules:
                          - {classes: [RESTRICTED], mask: redact}
                          - {mask: none}
                      - name: reader
                        roles: [Audit.*]
                        rules:
                          - {kinds: [identifier], mask: last4}
                          - {kinds: [contact], mask: hash}
                          - {fields: [/attributes/born, /attributes/region], mask: year}
                    """)
            .file("access.yaml", """
                    rules:
                      - {roles: ['*'], operations: [records.read]}
                    """);

    private static AccessRequest by(String... roles) {
        return new AccessRequest(
                new Caller("alice", Set.of(roles), Map.of("dept", "x")), Operations.READ_RECORDS, "", TIME);
    }

    private static byte[] json(String text) {
        return CanonicalJson.of(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private List<String> seen(String... roles) {
        return seen(bundle.compile().read(by(roles), "s", json(RECORD)));
    }

    private static List<String> seen(ViewDecision view) {
        return view.fields().stream()
                .map(field -> switch (field) {
                    case FieldView.Present present -> present.pointer();
                    case FieldView.Masked masked -> masked.pointer() + "=" + masked.value();
                    case FieldView.Hidden hidden -> hidden.pointer() + " hidden: " + hidden.reason();
                })
                .toList();
    }

    @Test
    void each_mask_renders_what_it_says() {
        assertThat(seen("Audit.Reader"))
                .containsExactly(
                        "/action",
                        "/actor/id=****bc23",
                        "/attributes/amount",
                        "/attributes/born=1984",
                        // printf john@example.com | sha256sum | cut -c1-16
                        "/attributes/email=855f96e983f1f8e8",
                        "/attributes/items hidden: its value cannot be shown as last4, as masking.yaml:11 wants",
                        "/attributes/key hidden: omitted by profile reader, which has no rule for RESTRICTED",
                        "/attributes/pin=****",
                        "/attributes/region hidden: its value cannot be shown as a year, as masking.yaml:13 wants",
                        "/occurredAt");
    }

    @Test
    void the_first_profile_that_fits_the_reader_decides() {
        assertThat(seen("Audit.Reader", "Audit.Investigator"))
                .contains("/attributes/email", "/attributes/key=[REDACTED]", "/attributes/region");
    }

    @Test
    void whom_no_profile_fits_sees_nothing_that_any_profile_masks() {
        assertThat(seen("SRE.Admin"))
                .contains("/action", "/attributes/amount")
                .contains("/attributes/region hidden: no masking profile fits the reader")
                .contains("/actor/id hidden: no masking profile fits the reader");
    }

    @Test
    void a_stored_record_is_seen_as_the_received_one() {
        String stored =
                "{'_sd':['x'],'policy':{'bundle':'b'},'receivedAt':'2026-11-21T01:02:03.004Z','recordId':'x','salt':'y','v':1,"
                        + RECORD.substring(1);

        assertThat(seen(bundle.compile().read(by("Audit.Reader"), "s", json(stored))))
                .isEqualTo(seen("Audit.Reader"));
    }

    @Test
    void what_a_profile_has_no_rule_for_is_hidden_from_confidential_on() {
        bundle.file(
                "masking.yaml",
                "profiles:\n  - name: p\n    roles: ['*']\n    rules:\n      - {fields: [/attributes/pin], mask: none}\n");

        assertThat(seen("x"))
                .contains("/attributes/pin", "/attributes/region")
                .contains("/attributes/email hidden: omitted by profile p, which has no rule for CONFIDENTIAL")
                .contains("/attributes/key hidden: omitted by profile p, which has no rule for RESTRICTED");
    }

    /** A record from before the rule still holds what is dropped now. */
    @ParameterizedTest
    @ValueSource(strings = {"commit", "drop", "hash, erasable: false, reason: joins what belongs together"})
    void whom_no_profile_fits_sees_nothing_that_a_rule_now_keeps_out_of_records_whatever_its_class(String handling) {
        bundle.without("masking.yaml")
                .file("handling.yaml", "rules:\n  - {fields: [/attributes/region], do: " + handling + "}\n");

        assertThat(seen("x"))
                .contains("/attributes/amount")
                .contains("/attributes/region hidden: no masking profile fits the reader");
    }

    /** A value from before there was such a rule is no hash, and what only looks like one is none of ours. */
    @Test
    void a_hash_is_seen_by_everybody_only_where_a_rule_has_it_there_and_only_if_it_is_one() {
        String hash = "hmac-sha256:" + "0".repeat(64);
        bundle.without("masking.yaml").file("handling.yaml", """
                rules:
                  - fields: [/attributes/key]
                    do: hash
                    erasable: false
                    reason: joins what belongs together
                """);
        CompiledPolicy policy = bundle.compile();

        assertThat(seen(policy.read(by("x"), "s", json("{'attributes':{'key':'" + hash + "','pin':'" + hash + "'}}"))))
                .contains("/attributes/key")
                .contains("/attributes/pin hidden: no masking profile fits the reader");
        assertThat(seen(policy.read(by("x"), "s", json("{'attributes':{'key':'as it was'}}"))))
                .containsExactly("/attributes/key hidden: no masking profile fits the reader");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "classification.yaml|default: CONFIDENTIAL\\n",
                "classification.yaml|default: INTERNAL\\nrules:\\n- {fields: [/attributes/a], class: CONFIDENTIAL}\\n",
                "classification.yaml|default: INTERNAL\\ndetectors:\\n- {find: email, class: CONFIDENTIAL}\\n",
                "handling.yaml|rules:\\n- {fields: [/attributes/region], do: commit}\\n",
                "masking.yaml|profiles:\\n- {name: p, roles: [R], rules: [{fields: [/attributes/region], mask: omit}]}\\n",
                "actions.yaml|rules:\\n- {actions: [a], attributes: {type: object, required: [other]}}\\n"
            })
    void everything_is_shown_only_where_no_rule_could_hide_anything(String file, String content) {
        TestBundle open = new TestBundle()
                .file("access.yaml", "rules:\n  - {roles: ['*'], operations: ['*']}\n")
                .file("export.yaml", "rules:\n  - {roles: ['*'], formats: [ndjson]}\n");
        ExportRequest export = new ExportRequest(new Caller("o", Set.of("x"), Map.of()), "ndjson", "p", TIME);
        assertThat(open.compile().showsEverything(by("x"), Optional.of("s"))).isTrue();
        assertThat(open.compile().showsEverything(export, "s")).isTrue();

        CompiledPolicy hiding = open.file(file, content.replace("\\n", "\n")).compile();

        assertThat(hiding.showsEverything(by("x"), Optional.of("s"))).isFalse();
        assertThat(hiding.showsEverything(export, "s")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fields: [/action]", "except: [/attributes/pin]"})
    void an_export_that_leaves_something_out_shows_not_everything(String fields) {
        CompiledPolicy policy = new TestBundle()
                .file("export.yaml", "rules:\n  - {roles: ['*'], formats: [ndjson], " + fields + "}\n")
                .compile();

        assertThat(policy.showsEverything(
                        new ExportRequest(new Caller("o", Set.of("x"), Map.of()), "ndjson", "p", TIME), "s"))
                .isFalse();
    }

    /** A name in what is restricted as a whole is masked as a restricted name is. */
    @Test
    void what_is_found_in_a_field_is_masked_in_the_class_of_the_whole_too() {
        bundle.file("classification.yaml", """
                        default: INTERNAL
                        rules:
                          - {fields: [/attributes/list/*/name], class: CONFIDENTIAL, kind: name}
                          - {fields: [/attributes/list/*/other], class: RESTRICTED}
                        """).file("masking.yaml", """
                        profiles:
                          - name: p
                            roles: ['*']
                            rules:
                              - {classes: [RESTRICTED], kinds: [name], mask: omit}
                              - {mask: none}
                        """);

        assertThat(seen(bundle.compile()
                        .read(by("x"), "s", json("{'attributes':{'list':[{'name':'n'},{'other':'o'}]}}"))))
                .containsExactly("/attributes/list hidden: omitted by masking.yaml:5");
    }

    @Test
    void a_purpose_of_blanks_is_none() {
        bundle.file("access.yaml", "rules:\n  - {roles: ['*'], operations: [records.read], purpose: required}\n");
        AccessRequest blank =
                new AccessRequest(new Caller("alice", Set.of("x"), Map.of()), Operations.READ_RECORDS, "  ", TIME);

        assertThat(bundle.compile().access(blank, Optional.empty()).isAllowed()).isFalse();
    }

    @Test
    void an_array_that_holds_several_is_seen_as_its_strictest_part() {
        bundle.file("masking.yaml", """
                profiles:
                  - name: p
                    roles: ['*']
                    rules:
                      - {fields: [/attributes/list/*/name], mask: none}
                      - {fields: [/attributes/list/*/secret], mask: omit}
                """);

        ViewDecision view =
                bundle.compile().read(by("x"), "s", json("{'attributes':{'list':[{'name':1},{'secret':2}]}}"));

        assertThat(seen(view)).containsExactly("/attributes/list hidden: omitted by masking.yaml:6");
    }

    /** Several rules and detectors give it kinds; which of them is told first must not open what another hides. */
    @ParameterizedTest
    @CsvSource({"name, contact", "contact, name", "name, identifier", "contact, identifier", "identifier, contact"})
    void a_field_made_of_personal_names_is_seen_as_the_strictest_of_what_is_in_it(String open, String hidden) {
        bundle.file("classification.yaml", """
                        default: INTERNAL
                        rules:
                          - {fields: [/attributes/users], except: [/attributes/users/**/badge], class: CONFIDENTIAL, kind: name}
                          - {fields: [/attributes/users/**/badge], class: CONFIDENTIAL, kind: identifier}
                        detectors:
                          - {find: email, class: CONFIDENTIAL, kind: contact}
                          - {find: pattern, pattern: 'EMP-[0-9]{6}', class: CONFIDENTIAL, kind: identifier}
                        """).file("masking.yaml", """
                        profiles:
                          - name: p
                            roles: ['*']
                            rules:
                              - {kinds: [%s], mask: none}
                              - {kinds: [%s], mask: redact}
                              - {mask: none}
                        """.formatted(open, hidden));
        CompiledPolicy policy = bundle.compile();

        for (String users : List.of(
                "{'john@example.com EMP-123456':'x'}",
                "{'EMP-123456':'x','john@example.com':'x'}",
                "{'john@example.com':{'badge':1,'name':'x'}}",
                "[{'john@example.com':{'badge':[],'name':'x'}}]")) {
            assertThat(seen(policy.read(by("x"), "s", json("{'attributes':{'users':" + users + "}}"))))
                    .as(users)
                    .containsExactly("/attributes/users=[REDACTED]");
        }
    }

    @Test
    void what_is_found_in_a_text_beside_something_else_stays_as_hidden_as_it_would_be_alone() {
        bundle.file("classification.yaml", """
                        default: INTERNAL
                        detectors:
                          - {find: card-number, class: RESTRICTED, kind: identifier}
                          - {find: email, class: CONFIDENTIAL, kind: contact}
                        """).file("masking.yaml", """
                        profiles:
                          - name: p
                            roles: ['*']
                            rules:
                              - {kinds: [contact], mask: omit}
                              - {mask: last4}
                        """);
        CompiledPolicy policy = bundle.compile();

        assertThat(seen(policy.read(by("x"), "s", json("{'attributes':{'t':'4111 1111 1111 1111'}}"))))
                .containsExactly("/attributes/t=****1111");
        assertThat(seen(policy.read(by("x"), "s", json("{'attributes':{'t':'4111 1111 1111 1111, j@example.com'}}"))))
                .containsExactly("/attributes/t hidden: omitted by masking.yaml:5");
    }

    @Test
    void the_kind_that_a_rule_gives_stands_against_what_is_found_in_the_same_class() {
        bundle.file("classification.yaml", """
                default: INTERNAL
                rules:
                  - {fields: [/attributes/user], class: CONFIDENTIAL, kind: identifier}
                detectors:
                  - {find: email, class: CONFIDENTIAL, kind: contact}
                """);

        assertThat(seen(bundle.compile()
                        .read(by("Audit.Reader"), "s", json("{'attributes':{'user':'john@example.com'}}"))))
                .containsExactly("/attributes/user=****.com");
    }

    @Test
    void what_no_rule_allows_is_denied_and_the_decision_says_so() {
        bundle.file(
                "access.yaml",
                "rules:\n  - {name: readers, roles: [Audit.Reader], operations: [records.*], streams: [audit.*]}\n");

        ViewDecision denied = bundle.compile().read(by("Audit.Reader"), "hr", json(RECORD));
        ViewDecision allowed = bundle.compile().read(by("Audit.Reader"), "audit.x", json(RECORD));

        assertThat(denied.isAllowed()).isFalse();
        assertThat(denied.fields()).isEmpty();
        assertThat(denied.access().reason()).isEqualTo("no rule of access.yaml allows records.read to Audit.Reader");
        assertThat(allowed.access().rule()).isEqualTo("access.yaml:2 (readers)");
        assertThat(bundle.compile().access(by("Audit.Reader"), Optional.empty()).outcome())
                .isEqualTo(Outcome.PER_RECORD);
        assertThat(bundle.compile().access(by("Other"), Optional.empty()).outcome())
                .isEqualTo(Outcome.DENIED);
    }

    @Test
    void conditions_over_caller_record_purpose_and_time_decide() {
        bundle.file("access.yaml", """
                rules:
                  - roles: [Audit.Reader]
                    operations: [records.read]
                    purpose: required
                    when: caller.id == record.actor.id && time < timestamp('2027-01-01T00:00:00Z')
                """);
        CompiledPolicy policy = bundle.compile();
        AccessRequest withPurpose =
                new AccessRequest(by("Audit.Reader").caller(), Operations.READ_RECORDS, "own records", TIME);

        assertThat(policy.read(withPurpose, "s", json("{'actor':{'id':'alice'}}"))
                        .isAllowed())
                .isTrue();
        assertThat(policy.read(withPurpose, "s", json("{'actor':{'id':'bob'}}")).isAllowed())
                .isFalse();
        assertThat(policy.read(by("Audit.Reader"), "s", json("{'actor':{'id':'alice'}}"))
                        .access()
                        .reason())
                .endsWith("; access.yaml:2 needs a purpose");
        assertThat(policy.access(withPurpose, Optional.of("s")).outcome()).isEqualTo(Outcome.PER_RECORD);
    }

    @Test
    void what_cannot_be_decided_is_denied_and_the_decision_says_so() {
        bundle.file(
                "access.yaml",
                "rules:\n  - roles: ['*']\n    operations: ['*']\n    when: record.attributes.team == 'a'\n");

        ViewDecision view = bundle.compile().read(by("x"), "s", json("{'attributes':{}}"));

        assertThat(view.isAllowed()).isFalse();
        assertThat(view.access().undecided())
                .singleElement()
                .asString()
                .startsWith("the condition of access.yaml:2 cannot be decided");
    }

    @Test
    void an_export_needs_a_rule_its_format_a_purpose_and_gives_its_fields_alone() {
        bundle.file("export.yaml", """
                rules:
                  - roles: [Export.Operator]
                    formats: [ndjson]
                    fields: [/action, /actor, /attributes/e*]
                    when: caller.attributes.dept == 'x'
                """);
        Caller operator =
                new Caller("o", Set.of("Export.Operator", "Audit.Investigator", "Audit.X"), Map.of("dept", "x"));

        ViewDecision view =
                bundle.compile().export(new ExportRequest(operator, "ndjson", "court order", TIME), "s", json(RECORD));

        assertThat(view.profile()).isEqualTo("reader");
        assertThat(seen(view))
                .contains("/action", "/actor/id=****bc23", "/attributes/email=855f96e983f1f8e8")
                .contains("/attributes/amount hidden: not among the fields that export.yaml:2 gives out");
        assertThat(export(operator, "parquet", "court order")).contains("gives ndjson only");
        assertThat(export(operator, "ndjson", " ")).contains("needs a purpose");
        assertThat(export(new Caller("o", Set.of("Audit.Reader"), Map.of()), "ndjson", "x"))
                .isEqualTo("no rule of export.yaml allows an export of s to Audit.Reader");
        assertThat(export(new Caller("o", Set.of("Export.Operator"), Map.of()), "ndjson", "x"))
                .contains("cannot be decided");
    }

    private String export(Caller caller, String format, String purpose) {
        return bundle.compile()
                .export(new ExportRequest(caller, format, purpose, TIME), "s")
                .reason();
    }

    @Test
    void residency_and_quotas_are_those_of_the_first_rule() {
        bundle.file("residency.yaml", "rules:\n  - {streams: [hr.*], regions: [de, at]}\n")
                .file(
                        "quotas.yaml",
                        "rules:\n  - {sources: [noisy-*], recordsPerSecond: 10}\n  - {roles: [Export.*], exportsAtOnce: 2}\n");
        CompiledPolicy policy = bundle.compile();
        Caller exporter = new Caller("o", Set.of("Export.Admin"), Map.of());

        assertThat(policy.residency("hr.x", "de").allowed()).isTrue();
        assertThat(policy.residency("hr.x", "us").reason())
                .isEqualTo("residency.yaml:2 lets hr.x stand in at, de only");
        assertThat(policy.residency("hr.x", "").allowed()).isFalse();
        assertThat(policy.residency("audit", "us").allowed()).isTrue();
        assertThat(policy.quota(exporter, "noisy-one").recordsPerSecond()).hasValue(10);
        assertThat(policy.quota(exporter, "").exportsAtOnce()).hasValue(2);
        assertThat(policy.quota(new Caller("x", Set.of(), Map.of()), "calm").recordsPerSecond())
                .isEmpty();
    }

    @Test
    void aYearIsShownOfDatesAndTimesAsWindowsWritesThemTooAndOfNothingElse() {
        String record = "{'action':'a','attributes':{'born':%s},'occurredAt':'2026-11-21T01:02:03.004Z','stream':'s'}";
        for (String date : List.of(
                "'1984-02-29'",
                "'1984-02-29T10:00:00Z'",
                "'1984-02-29T10:00:00+02:00'",
                "'1984-02-29 10:00:00.220'",
                "'1984-02-29T10:00'")) {
            assertThat(seen(bundle.compile().read(by("Audit.Reader"), "s", json(record.formatted(date)))))
                    .contains("/attributes/born=1984");
        }
        for (String other :
                List.of("'29.02.1984'", "'1983-02-29'", "'1984'", "'1984-02-29 at noon'", "19840229", "null")) {
            assertThat(seen(bundle.compile().read(by("Audit.Reader"), "s", json(record.formatted(other)))))
                    .anyMatch(
                            field -> field.startsWith("/attributes/born hidden: its value cannot be shown as a year"));
        }
    }
}
