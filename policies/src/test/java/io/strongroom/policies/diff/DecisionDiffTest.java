package io.strongroom.policies.diff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.policies.AccessRequest;
import io.strongroom.policies.Caller;
import io.strongroom.policies.ExportRequest;
import io.strongroom.policies.TestBundle;
import io.strongroom.policies.bundle.Bundle.Use;
import io.strongroom.policies.diff.DecisionDiff.Seen;
import io.strongroom.policies.diff.Difference.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DecisionDiffTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final byte[] RECORD = CanonicalJson.of("""
            {"action": "Door.Opened", "actor": {"id": "ann"}, "attributes": {"email": "ann@example.com", "who": {"a": 1}},
             "source": {"id": "desk"}, "stream": "audit.doors"}""".getBytes(UTF_8));

    private final TestBundle before = new TestBundle()
            .file("access.yaml", "rules:\n  - {roles: [Reader, Auditor], operations: [records.read]}\n")
            .file("export.yaml", "rules:\n  - {roles: [Auditor], purpose: optional}\n");

    private DecisionDiff to(TestBundle after) {
        return new DecisionDiff(before.compile(), after.compile());
    }

    private TestBundle changed() {
        TestBundle copy = new TestBundle();
        before.files().forEach(copy::file);
        return copy;
    }

    private static AccessRequest request(String role, String purpose) {
        return new AccessRequest(new Caller("r", Set.of(role), Map.of()), "records.read", purpose, NOON);
    }

    @Test
    void a_field_that_is_masked_for_a_role_is_told_for_that_role_and_as_committed() {
        DecisionDiff diff = to(changed().file("masking.yaml", """
                profiles:
                  - name: readers
                    roles: [Reader]
                    rules:
                      - {fields: [/attributes/email], mask: last4}
                """));

        assertThat(diff.takingIn("audit.doors", RECORD, ""))
                .containsExactly(
                        new Difference(Kind.HANDLING, "/attributes/email", "kept in clear", "committed as INTERNAL"));
        List<Seen> seen = diff.seeing("audit.doors", RECORD);
        assertThat(seen)
                .contains(new Seen(
                        Use.READ,
                        List.of("Reader"),
                        List.of(new Difference(Kind.READING, "/attributes/email", "shown", "masked as last4"))))
                .contains(new Seen(
                        Use.EXPORT,
                        List.of("Auditor"),
                        List.of(new Difference(Kind.EXPORT, "/attributes/email", "shown", "hidden"))));
    }

    @Test
    void class_retention_and_subject_are_told() {
        DecisionDiff diff = to(changed()
                .file(
                        "classification.yaml",
                        "default: INTERNAL\nrules:\n  - {fields: [/actor/id], class: RESTRICTED}\n")
                .file("retention.yaml", "default: short\nclasses:\n  short: {days: 90}\n")
                .file("handling.yaml", "subject:\n  - fields: [/actor/id]\nrules: []\n"));

        assertThat(diff.takingIn("audit.doors", RECORD, ""))
                .containsExactly(
                        new Difference(Kind.CLASSIFICATION, "", "INTERNAL", "RESTRICTED"),
                        new Difference(Kind.RETENTION, "", "audit-7y", "short"),
                        new Difference(Kind.SUBJECT, "", "nobody", "/actor/id"),
                        new Difference(Kind.HANDLING, "/actor/id", "kept in clear", "committed as RESTRICTED"));
        assertThat(diff.takingInOwn("system.x", RECORD)).hasSize(2);
    }

    @Test
    void of_what_is_no_longer_taken_in_nothing_else_is_told() {
        DecisionDiff region = to(changed()
                .file("residency.yaml", "rules:\n  - {streams: [audit.*], regions: [de]}\n")
                .file("retention.yaml", "default: short\nclasses:\n  short: {days: 90}\n"));
        DecisionDiff form = to(changed().file("actions.yaml", """
                rules:
                  - actions: [Door.*]
                    otherwise: refuse
                    attributes: {type: object, required: [door]}
                """));

        assertThat(region.takingIn("audit.doors", RECORD, "fr"))
                .containsExactly(
                        new Difference(Kind.ADMISSION, "", "taken in", "refused: it may not stand in this region"));
        assertThat(form.takingIn("audit.doors", RECORD, ""))
                .containsExactly(new Difference(
                        Kind.ADMISSION, "", "taken in", "refused: its attributes do not fit its action"));
    }

    @Test
    void what_becomes_one_field_is_told_by_its_own_name_alone() {
        DecisionDiff diff = to(
                changed()
                        .file(
                                "classification.yaml",
                                "default: INTERNAL\nrules:\n  - {fields: [/attributes/who], class: RESTRICTED, whole: true}\n"));

        assertThat(diff.takingIn("audit.doors", RECORD, "").stream().map(Difference::pointer))
                .containsExactly("", "/attributes/who");
        assertThat(diff.reading(request("Reader", ""), "audit.doors", RECORD))
                .containsExactly(new Difference(Kind.READING, "/attributes/who", "shown", "hidden"));
    }

    @Test
    void who_may_read_and_take_out_is_told_by_their_roles_purpose_and_time() {
        DecisionDiff diff = to(changed().file("access.yaml", """
                        rules:
                          - {roles: [Auditor], operations: [records.read], purpose: required}
                          - {roles: [Reader], operations: [records.read], streams: [audit.*]}
                        """).without("export.yaml"));

        assertThat(diff.reading(request("Auditor", "case 1"), "audit.doors", RECORD))
                .isEmpty();
        assertThat(diff.reading(request("Auditor", ""), "audit.doors", RECORD))
                .containsExactly(new Difference(Kind.READING, "", "allowed", "denied"));
        assertThat(diff.mayRead(request("Reader", ""), Optional.of("audit.doors")))
                .isEmpty();
        assertThat(diff.mayRead(request("Reader", ""), Optional.empty()))
                .containsExactly(new Difference(Kind.READING, "", "allowed", "decided record by record"));
        assertThat(diff.mayExport(
                        new ExportRequest(request("Auditor", "").caller(), "ndjson", "p", NOON), "audit.doors"))
                .containsExactly(new Difference(Kind.EXPORT, "", "allowed", "denied"));
        assertThat(diff.seeing("audit.doors", RECORD))
                .contains(new Seen(
                        Use.EXPORT, List.of("Auditor"), List.of(new Difference(Kind.EXPORT, "", "allowed", "denied"))));
    }

    @Test
    void what_conditions_ask_for_is_told_for_those_whom_they_are_about() {
        DecisionDiff diff = to(changed().file("access.yaml", """
                rules:
                  - {roles: [Auditor], operations: [records.read], when: purpose == 'audit'}
                  - {roles: [Reader], operations: [records.read]}
                """));

        assertThat(diff.readingAsksFor(Set.of("purpose"), Set.of("Auditor"), Optional.empty()))
                .isTrue();
        assertThat(diff.readingAsksFor(Set.of("purpose"), Set.of("Reader"), Optional.empty()))
                .isFalse();
        assertThat(diff.readingAsksFor(Set.of("caller.attributes"), Set.of("Auditor"), Optional.empty()))
                .isFalse();
        assertThat(diff.exportAsksFor(Set.of("purpose"), Set.of("Auditor"), "audit.doors"))
                .isFalse();
    }
}
