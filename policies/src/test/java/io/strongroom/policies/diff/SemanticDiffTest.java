package io.strongroom.policies.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.policies.TestBundle;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.bundle.OwnBundles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SemanticDiffTest {
    private static final String READERS = "rules:\n  - {roles: [Audit.Reader], operations: [records.read]}\n";
    private static final String CLASSES = """
            default: INTERNAL
            rules:
              - {streams: [audit.security], fields: [/attributes/email], class: CONFIDENTIAL, kind: contact}
            """;
    private static final String MASKS = """
            profiles:
              - name: reader
                roles: [Audit.Reader]
                rules:
                  - {kinds: [contact], mask: %s}
            """;

    private static final String OFFICERS = """
            officers:
              - {officer: ann@example.com, roles: [Compliance.Reviewer],
                 keys: [MCowBQYDK2VwAyEAcOo4mPnTHHe3TrJHc8U899by+sEOESa0kQQkvae4rpE=]}
              - {officer: ben@example.com, roles: [Security.Admin],
                 keys: [MCowBQYDK2VwAyEAyLIKL+jhXlgOcslRt8ZPGJSbLBWfMttAaA4CqH2yXlA=]}
            """;

    private final TestBundle before = bundle();
    private final TestBundle after = bundle();

    private static TestBundle bundle() {
        return new TestBundle()
                .file("access.yaml", READERS)
                .file("classification.yaml", CLASSES)
                .file("masking.yaml", MASKS.formatted("hash"));
    }

    private List<String> changes() {
        return SemanticDiff.of(before.load(), after.load()).changes().stream()
                .map(Change::toString)
                .toList();
    }

    @Test
    void a_role_that_loses_a_field_is_told() {
        after.file("masking.yaml", MASKS.formatted("omit"));

        assertThat(changes()).containsExactly("Audit.Reader loses attributes.email in stream audit.security");
    }

    @Test
    void a_change_is_told_in_another_language_and_to_programs_that_speak_one() {
        after.file("masking.yaml", MASKS.formatted("omit"))
                .file("export.yaml", "rules: [{roles: [Export.Operator], formats: [ndjson, parquet]}]\n");
        SemanticDiff diff = SemanticDiff.of(before.load(), after.load());

        assertThat(diff.changes())
                .extracting(change -> change.sentence().in(Locale.GERMANY))
                .containsExactly(
                        "Export.Operator darf jetzt: exportieren, als ndjson oder parquet mit einem Zweck – in jedem Strom",
                        "Audit.Reader sieht nicht mehr: attributes.email – im Strom audit.security");
        assertThat(new String(diff.toJsonWithPhrases(), StandardCharsets.UTF_8))
                .contains(
                        "\"told\":[\"in-every-stream\",[\"may-now-so\",\"Export.Operator\",[\"export\"],[\"as-format\",[\"one-of\",\"ndjson\",\"parquet\"],[\"with-purpose\"]]]]",
                        "\"told\":[\"in-stream\",[\"loses\",\"Audit.Reader\",\"attributes.email\"],\"audit.security\"]");
        assertThat(CanonicalJson.isCanonical(diff.toJsonWithPhrases())).isTrue();
        assertThat(new String(diff.toJson(), StandardCharsets.UTF_8)).doesNotContain("told");
    }

    @Test
    void a_role_that_gains_a_field_or_sees_it_otherwise_is_told() {
        after.file("masking.yaml", MASKS.formatted("none"));

        assertThat(changes())
                .containsExactly(
                        "Audit.Reader sees attributes.email in clear (before: as a hash) in stream audit.security");
        before.file("masking.yaml", MASKS.formatted("redact"));
        after.file("masking.yaml", MASKS.formatted("last4"));
        assertThat(changes())
                .containsExactly(
                        "Audit.Reader gains attributes.email as its last four characters in stream audit.security");
    }

    @Test
    void a_rule_that_was_moved_renamed_or_written_otherwise_is_no_change() {
        after.file("classification.yaml", """
                        default: INTERNAL
                        rules:
                          - {name: mail, streams: [audit.security], fields: [/attributes/email], class: CONFIDENTIAL}
                          - {name: mail again, streams: ["audit.security"], fields: [/attributes/email], class: CONFIDENTIAL, kind: contact}
                        """)
                .file(
                        "masking.yaml",
                        MASKS.formatted("hash").replace("name: reader", "name: other")
                                + "      - {mask: none, classes: [PUBLIC]}\n");

        assertThat(SemanticDiff.of(before.load(), after.load()).isEmpty()).isTrue();
        assertThat(SemanticDiff.of(before.load(), after.load()).toText()).startsWith("Both bundles decide the same");
    }

    @Test
    void a_hash_that_nobody_can_erase_is_told_first_with_its_reason() {
        after.file(
                        "handling.yaml",
                        "rules: [{fields: [/attributes/sid], do: hash, erasable: false, reason: machines are nobody}]\n")
                .file("classification.yaml", CLASSES.replace("INTERNAL", "PUBLIC"));

        assertThat(changes().getFirst())
                .isEqualTo(
                        "attributes.sid is kept as a hash that nobody can erase, because: machines are nobody in every stream");
        assertThat(changes()).contains("attributes.(any other) is PUBLIC (before: INTERNAL) in every stream");
    }

    @Test
    void access_and_exports_are_told_by_role_with_their_conditions() {
        after.file("access.yaml", """
                        rules:
                          - {roles: [Audit.Reader], operations: [records.read], exceptStreams: [hr], when: time > timestamp('2026-01-01T00:00:00Z')}
                          - {roles: [SRE.Admin], operations: [policy.approve]}
                        """).file("export.yaml", "rules: [{roles: [Export.Operator], formats: [ndjson]}]\n");

        assertThat(changes())
                .contains(
                        "Audit.Reader may records.read when time > timestamp('2026-01-01T00:00:00Z') (before: always) in streams audit.security, (any other)",
                        "Audit.Reader may no longer records.read in stream hr",
                        "SRE.Admin may now policy.approve",
                        "Export.Operator may now export as ndjson with a purpose in every stream");
    }

    @Test
    void retention_residency_subjects_detectors_and_quotas_are_told() {
        after.file(
                        "retention.yaml",
                        "default: audit-7y\nclasses:\n  audit-7y: {years: 7}\n  short: {days: 90, graceDays: 7}\nrules: [{streams: [device.*], class: short}]\n")
                .file("residency.yaml", "rules: [{streams: [hr], regions: [de, at]}]\n")
                .file("handling.yaml", "subject: [{fields: [/actor/id]}]\nfindable: [{fields: [/attributes/email]}]\n")
                .file("classification.yaml", CLASSES + "detectors: [{find: iban, class: RESTRICTED}]\n")
                .file("quotas.yaml", "rules: [{roles: [Export.*], exportsAtOnce: 2}]\n")
                .file("actions.yaml", "rules: [{actions: [x.*], attributes: {type: object}, otherwise: refuse}]\n")
                .file(
                        "agents.yaml",
                        "rules: [{groups: [till-*], collect: {logs: {enabled: false, everySeconds: 5}}}]\n")
                .file("officers.yaml", OFFICERS);

        assertThat(changes())
                .contains(
                        "records are kept as short (90 days and 7 days of grace) (before: as audit-7y (7 years)) in stream device.*",
                        "records may stand in at, de (before: anywhere) in stream hr",
                        "the data subject is named by /actor/id (before: nothing) in every stream",
                        "attributes.email can now be found by its value in stream audit.security",
                        "new: a value in which iban is found becomes RESTRICTED, in all fields in every stream",
                        "quotas are for Export.* from *: 2 exports at once, before none",
                        "devices now believe approvals of ann@example.com as Compliance.Reviewer with sha256:6a941075a557a6bfe6cf75acc5c35a64c3e103813c03c6c65b47d95dbf40bd62",
                        "agents are told on devices of till-*: collect.logs.enabled false, collect.logs.every-seconds 5, before none",
                        "new: records of x.* whose attributes do not fit {\"type\":\"object\"} are refused in every stream");
    }

    @Test
    void what_a_detector_finds_is_seen_otherwise_when_its_mask_changes() {
        before.file(
                "classification.yaml",
                "default: INTERNAL\ndetectors: [{find: email, class: CONFIDENTIAL, kind: contact}]\n");
        after.file(
                        "classification.yaml",
                        "default: INTERNAL\ndetectors: [{find: email, class: CONFIDENTIAL, kind: contact}]\n")
                .file("masking.yaml", MASKS.formatted("omit"));

        assertThat(changes())
                .containsExactly("Audit.Reader loses what is found to be CONFIDENTIAL contact in every stream");
    }

    @Test
    void fields_that_exports_give_out_are_compared_apart() {
        String export = "rules: [{roles: [Audit.Reader], fields: ['/attributes/**', /action]}]\n";
        before.file("export.yaml", export);
        after.file("export.yaml", export.replace("'/attributes/**', ", ""));

        assertThat(changes())
                .contains("Audit.Reader loses attributes.email in exports in every stream")
                .doesNotContain("Audit.Reader loses action in exports in every stream");
    }

    @Test
    void the_default_bundle_is_compared_with_the_built_in_one_for_people_and_programs() {
        SemanticDiff diff = SemanticDiff.of(
                BundleLoader.load(OwnBundles.files("built-in")), BundleLoader.load(OwnBundles.files("default")));

        assertThat(diff.toText()).contains("Visibility\n", "Audit.Reader loses attributes.**.note");
        assertThat(CanonicalJson.isCanonical(diff.toJson())).isTrue();
        assertThat(new String(diff.toJson(), StandardCharsets.UTF_8)).contains("\"area\":\"visibility\"");
        assertThat(SemanticDiff.of(
                                BundleLoader.load(OwnBundles.files("default")),
                                BundleLoader.load(OwnBundles.files("default")))
                        .changes())
                .isEmpty();
    }
}
