package io.strongroom.server.ingest;

import static io.strongroom.server.ingest.Intake.SENDER;
import static io.strongroom.server.ingest.Intake.bytes;
import static io.strongroom.server.ingest.Intake.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.FieldError;
import io.strongroom.api.Problem;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.bundle.OwnBundles;
import io.strongroom.policies.check.BundleTests;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExaminerTest {
    private static final String FULL = """
            {"tenantId":"ACME","stream":"audit.security","source":{"id":"orders","sequence":4711},
             "occurredAt":"2026-11-21T01:02:03.004Z","action":"Appointment.Booked","outcome":"success",
             "actor":{"type":"User","id":"00u1abc23"},"resource":{"type":"Appointment","id":"apt_123"},
             "correlation":{"traceId":"3e1f2d0c9b8a7f6e5d4c3b2a19081716","spanId":"7f6e5d4c3b2a1908"},
             "attributes":{"email":"john@example.com","nested":{"a":[1,{"b":null}]}},
             "labels":{"env":"prod"},"purpose":"treatment"}""";

    private final Intake fakes = new Intake();
    private final Examiner examiner = fakes.intake.lend();

    @Test
    void a_full_document_is_stored_as_it_came() {
        Draft draft = accepted(examiner.single(bytes(FULL), SENDER, "k"));

        String received = new String(CanonicalJson.of(bytes(FULL)), StandardCharsets.UTF_8);
        String stored = body(draft)
                .replaceAll("\"policy\":\\{[^}]*},", "")
                .replaceAll("\"(receivedAt|recordId|salt)\":\"[^\"]*\",", "")
                .replace(",\"v\":1}", "}");
        assertThat(stored).isEqualTo(received);
        assertThat(draft.stream()).isEqualTo("audit.security");
        assertThat(draft.source()).isEqualTo("orders");
        assertThat(draft.sourceSeq()).isEqualTo(4711);
        assertThat(CanonicalJson.isCanonical(draft.body())).isTrue();
    }

    @Test
    void what_may_be_left_out_is_filled_in() {
        Draft draft = accepted(examiner.line(bytes(line(7)), 0, line(7).length(), SENDER));

        assertThat(draft.stream()).isEqualTo("audit.default");
        assertThat(body(draft))
                .contains("\"outcome\":\"unknown\"", "\"stream\":\"audit.default\"", "\"tenantId\":\"acme\"");
        assertThat(CanonicalJson.isCanonical(draft.body())).isTrue();
    }

    @Test
    void createdAt_is_kept_as_occurredAt() {
        String document = line(7).replace("occurredAt", "createdAt");

        Draft draft = accepted(examiner.single(bytes(document), SENDER, "k"));

        assertThat(body(draft))
                .contains("\"occurredAt\":\"2026-11-21T01:02:03.004Z\"")
                .doesNotContain("createdAt");
        assertThat(CanonicalJson.isCanonical(draft.body())).isTrue();
    }

    @Test
    void a_lines_key_is_no_part_of_its_record_and_is_the_same_key_as_in_the_header() {
        String withKey = line(7).replace("{\"source\"", "{\"idempotencyKey\":\"k-1\",\"source\"");

        Draft byLine = accepted(asLine(withKey, SENDER));
        Draft byHeader = accepted(examiner.single(bytes(line(7)), SENDER, "k-1"));

        assertThat(body(byLine)).doesNotContain("idempotencyKey");
        assertThat(key(byLine)).isEqualTo(key(byHeader));
        assertThat(key(byLine).mac()).isEqualTo(key(byHeader).mac());
    }

    @Test
    void the_mac_follows_the_document_and_not_its_spelling() {
        byte[] spaced = bytes(line(7).replace(",", " ,\n "));
        byte[] other = bytes(line(7).replace("\"u1\"", "\"u2\""));

        IdempotencyKey key = key(accepted(examiner.single(bytes(line(7)), SENDER, "k")));

        assertThat(key(accepted(examiner.single(spaced, SENDER, "k"))).mac()).isEqualTo(key.mac());
        assertThat(key(accepted(examiner.single(other, SENDER, "k"))).mac()).isNotEqualTo(key.mac());
    }

    /** What is replaced, by what, and where the error must point. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "action":"Order.Placed",              |                                   | /action
            "action":"Order.Placed"               | "action":7                        | /action
            "action":"Order.Placed"               | "action":""                       | /action
            "actor":{"type":"User","id":"u1"},    |                                   | /actor
            "actor":{"type":"User","id":"u1"}     | "actor":"u1"                      | /actor
            "actor":{"type":"User","id":"u1"}     | "actor":{"type":"User"}           | /actor/id
            "actor":{"type":"User","id":"u1"}     | "actor":{"id":"u1"}               | /actor/type
            "actor":{"type":"User","id":"u1"}     | "actor":{"type":"U","id":"u","x":1} | /actor/x
            "actor":{"type":"User","id":"u1"}     | "actor":{"type":"User","id":null} | /actor/id
            "type":"Order"                        | "type":[]                         | /resource/type
            "id":"orders",                        |                                   | /source/id
            "id":"orders"                         | "id":"Orders"                     | /source/id
            "id":"orders"                         | "id":"a b"                        | /source/id
            "id":"orders"                         | "id":""                           | /source/id
            "sequence":7                          | "sequence":-1                     | /source/sequence
            "sequence":7                          | "sequence":1.5                    | /source/sequence
            "sequence":7                          | "sequence":"7"                    | /source/sequence
            "sequence":7                          | "sequence":true                   | /source/sequence
            "sequence":7                          | "sequence":{}                     | /source/sequence
            "sequence":7                          | "seq":7                           | /source/seq
            "occurredAt":                         | "occuredAt":                      | /occuredAt
            2026-11-21T01:02:03.004Z              | 2026-11-21T01:02:03Z              | /occurredAt
            2026-11-21T01:02:03.004Z              | 2026-02-30T01:02:03.004Z          | /occurredAt
            2026-11-21T01:02:03.004Z              | 2026-11-21T01:02:03.004+01        | /occurredAt
            "attributes":{"n":7}                  | "attributes":[7]                  | /attributes
            "attributes":{"n":7}                  | "purpose":1                       | /purpose
            "attributes":{"n":7}                  | "outcome":"maybe"                 | /outcome
            "attributes":{"n":7}                  | "stream":"Audit"                  | /stream
            "attributes":{"n":7}                  | "tenantId":"-a"                   | /tenantId
            "attributes":{"n":7}                  | "tenantId":5                      | /tenantId
            "attributes":{"n":7}                  | "labels":{"env":1}                | /labels/env
            "attributes":{"n":7}                  | "labels":["env"]                  | /labels
            "attributes":{"n":7}                  | "labels":{"a b":"c"}              | /labels/a b
            "attributes":{"n":7}                  | "labels":{"":"c"}                 | /labels/
            "attributes":{"n":7}                  | "correlation":{}                  | /correlation/traceId
            "attributes":{"n":7}                  | "correlation":{"traceId":"xyz"}   | /correlation/traceId
            "attributes":{"n":7}                  | "_sd":[]                          | /_sd
            "attributes":{"n":7}                  | "recordId":"01"                   | /recordId
            "attributes":{"n":7}                  | "a/b~":1                          | /a~1b~0
            "attributes":{"n":7}                  | "a\\"b\\\\c":1                      | /a"b\\c
            "attributes":{"n":7}                  | "createdAt":"2026-11-21T01:02:03.004Z" | /createdAt
            "attributes":{"n":7}                  | "idempotencyKey":"k"              | /idempotencyKey
            """)
    void a_wrong_place_is_named_by_its_pointer(String part, String replacement, String pointer) {
        String document = line(7).replace(part, replacement == null ? "" : replacement);

        Problem problem = refused(examiner.single(bytes(document), SENDER, "k"));

        assertThat(problem.code()).isEqualTo("schema");
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.errors()).extracting(FieldError::pointer).contains(pointer);
        assertThat(isTaken(document))
                .as("a bundle's test takes what intake takes, and what is not yet whole")
                .isEqualTo(problem.errors().stream()
                        .allMatch(error -> error.detail().equals("is required")));
    }

    private static boolean isTaken(String record) {
        Map<String, byte[]> files = OwnBundles.files("built-in");
        files.put("a.test.yaml", bytes("""
                time: 2026-11-21T10:00:00Z
                cases: [{name: n, record: %s, access: []}]
                """.formatted(record)));
        try {
            BundleTests.run(BundleLoader.load(files));
            return true;
        } catch (InvalidBundleException e) {
            return false;
        }
    }

    @Test
    void all_wrong_places_are_named_up_to_a_bound() {
        Problem two = refused(examiner.single(bytes("{\"action\":1,\"purpose\":2}"), SENDER, "k"));
        StringBuilder hostile = new StringBuilder("{");
        for (int i = 0; i < 1000; i++) {
            hostile.append("\"x").append(i).append("\":0,");
        }
        Problem many = refused(examiner.single(bytes(hostile + "\"y\":1}"), SENDER, "k"));

        assertThat(two.errors())
                .extracting(FieldError::pointer)
                .containsExactlyInAnyOrder("/action", "/purpose", "/actor", "/resource", "/source", "/occurredAt");
        assertThat(many.errors()).hasSize(FormErrors.MOST + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "[", "{", "nul", "{\"a\":1,\"a\":2}", "{\"a\":\"\\ud800\"}", "{\"a\":1e999}", "{} x"})
    void what_is_no_strict_json_is_malformed(String document) {
        Problem problem = refused(examiner.single(bytes(document), SENDER, "k"));

        assertThat(problem.code()).isEqualTo("malformed-json");
        assertThat(problem.errors()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "7", "\"x\""})
    void what_is_no_object_is_no_record(String document) {
        assertThat(refused(examiner.single(bytes(document), SENDER, "k")).code())
                .isEqualTo("schema");
    }

    @Test
    void a_document_of_64_KiB_is_taken_and_one_byte_more_is_not() {
        String start = line(7).replace("\"n\":7", "\"n\":\"");
        String end = "\"}}";
        String start2 = start.substring(0, start.length() - 2);
        String largest = start2 + "x".repeat(65_536 - start2.length() - end.length()) + end;

        accepted(examiner.single(bytes(largest), SENDER, "k"));
        assertThat(refused(examiner.single(bytes(largest.replace("xx\"}}", "xxx\"}}")), SENDER, "k"))
                        .code())
                .isEqualTo("record-too-large");
    }

    @Test
    void a_record_that_grows_beyond_64_KiB_when_canonical_is_refused() {
        String document = line(7).replace("\"n\":7", "\"n\":[" + "1e15,".repeat(8000) + "1]");

        assertThat(refused(examiner.single(bytes(document), SENDER, "k")).code())
                .isEqualTo("record-too-large");
    }

    @Test
    void another_tenants_document_is_misdirected_however_wrong_it_is() {
        Examination examination = examiner.single(bytes("{\"tenantId\":\"other\",\"x\":1}"), SENDER, "k");

        assertThat(examination).isInstanceOfSatisfying(Examination.Misdirected.class, it -> assertThat(it.document())
                .isEqualTo(bytes("{\"tenantId\":\"other\",\"x\":1}")));
        assertThat(examiner.single(bytes(line(7)), sender(Sender.Named.ANOTHER), "k"))
                .isInstanceOf(Examination.Misdirected.class);
    }

    @Test
    void a_tenant_must_be_named_somewhere() {
        Sender silent = sender(Sender.Named.NOTHING);

        assertThat(refused(examiner.single(bytes(line(7)), silent, "k")).code()).isEqualTo("missing-tenant");
        accepted(examiner.single(bytes(FULL), silent, "k"));
    }

    @Test
    void reserved_names_and_foreign_sources_are_refused_even_to_a_token_that_lists_them() {
        assertThat(code(line(7).replace("\"attributes\":{\"n\":7}", "\"stream\":\"system.seal\"")))
                .isEqualTo("reserved-stream");
        assertThat(code(line(7).replace("orders", "strongroom"))).isEqualTo("reserved-stream");
        assertThat(code(line(7).replace("orders", "billing"))).isEqualTo("source-not-allowed");
    }

    @Test
    void a_line_needs_a_sequence_or_a_key() {
        String document = line(7).replace(",\"sequence\":7", "");

        assertThat(refused(asLine(document, SENDER)).code()).isEqualTo("idempotency-required");
        assertThat(refused(asLine(document.replace("{\"source\"", "{\"idempotencyKey\":\"\",\"source\""), SENDER))
                        .code())
                .isEqualTo("schema");
    }

    private String code(String document) {
        return refused(examiner.single(bytes(document), SENDER, "k")).code();
    }

    private Examination asLine(String document, Sender sender) {
        byte[] bytes = bytes(document);
        return examiner.line(bytes, 0, bytes.length, sender);
    }

    private static Sender sender(Sender.Named named) {
        return new Sender(Intake.TENANT, named, Intake.CALLER, "req-1", Intake.SENDER.route());
    }

    private static Draft accepted(Examination examination) {
        assertThat(examination).isInstanceOf(Examination.Accepted.class);
        return ((Examination.Accepted) examination).draft();
    }

    private static Problem refused(Examination examination) {
        assertThat(examination).isInstanceOf(Examination.Refused.class);
        return ((Examination.Refused) examination).problem();
    }

    private static IdempotencyKey key(Draft draft) {
        return Objects.requireNonNull(draft.key());
    }

    private static String body(Draft draft) {
        return new String(draft.body(), StandardCharsets.UTF_8);
    }
}
