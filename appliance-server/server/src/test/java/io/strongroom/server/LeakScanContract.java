package io.strongroom.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.strongroom.api.Scope;
import io.strongroom.api.json.Json;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.server.database.Database;
import io.strongroom.server.projection.Field;
import io.strongroom.server.projection.Order;
import io.strongroom.server.projection.Timeline;
import io.strongroom.server.projection.TimelineQuery;
import io.strongroom.server.projection.TimelineQuery.Condition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Sends hidden values every way in, asks for them every way out, lets everything fail with them that can, and then looks
 * for them wherever the appliance writes: answers and their headers, log, traces, metrics, every table, the index, files,
 * those of a pack that is half made among them. On each database.
 */
abstract class LeakScanContract {
    private static final String SOURCE = "front-desk";
    private static final String CLEAR = "carrier-in-clear-0815";
    private static final String RECORDS = "/api/v1/audit/records";

    /** The last of many large records, at which a pack is held. */
    private static final String HELD = "the-last-of-many";

    /** More than passes through the memory of whoever makes a pack. */
    private static final int LARGE_RECORDS = 90;

    private static final int LARGE_CHARS = 50_000;

    /** Where the reader must not see them: by classification, by a detector, in arrays, numbers, labels and names. */
    private static final List<String> SECRETS = List.of(
            "patient-4711-secret",
            "note-with-zebra-8842",
            "jane.secret@example.com",
            "nested-array-secret-77",
            "919293949596979",
            "label-secret-5566",
            "dropped-password-3344",
            "4012888888881881");

    private final Path folder;
    private final String[] options;
    private final CapturedLog log = new CapturedLog();
    private final List<String> traces = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new LinkedHashMap<>();
    private final HeldPolicy held = new HeldPolicy(policy(), HELD);

    LeakScanContract(Path folder, String... options) {
        this.folder = folder;
        this.options = options;
    }

    private static CompiledPolicy policy() {
        return TestPolicies.of(Map.of(
                "classification.yaml",
                """
                default: INTERNAL
                rules:
                  - {fields: [/actor/id, /attributes/list, /attributes/number, /labels/team], class: RESTRICTED}
                  - {fields: [/attributes/note], class: CONFIDENTIAL}
                detectors:
                  - {find: email, class: RESTRICTED}
                  - {find: card-number, class: RESTRICTED}
                """,
                "handling.yaml",
                """
                subject:
                  - {fields: [/actor/id]}
                rules:
                  - {fields: [/attributes/password], do: drop}
                findable:
                  - {fields: [/actor/id, /attributes/note]}
                """,
                "masking.yaml",
                """
                profiles:
                  - name: nothing
                    roles: [Audit.Reader, Export.Operator]
                    rules:
                      - {classes: [CONFIDENTIAL], mask: redact}
                """,
                "access.yaml",
                """
                rules:
                  - {roles: [Audit.Reader], operations: [records.read]}
                """,
                "export.yaml",
                """
                rules:
                  - {roles: [Export.Operator], purpose: optional}
                """));
    }

    private static String record(String tenant, String more) {
        return """
                {"tenantId":"%s","source":{"id":"front-desk"},"occurredAt":"2026-11-21T01:02:03.004Z",\
                "stream":"audit.desk","action":"Desk.Asked","actor":{"type":"Patient","id":"patient-4711-secret"},\
                "resource":{"type":"Desk","id":"desk-1"},"labels":{"team":"label-secret-5566"},\
                "attributes":{"carrier":"carrier-in-clear-0815","note":"note-with-zebra-8842",\
                "text":{"deep":"write to jane.secret@example.com"},"list":[1,["nested-array-secret-77"]],\
                "number":919293949596979,"password":"dropped-password-3344","pay":["card 4012888888881881"]}%s}""".formatted(tenant, more);
    }

    @Test
    void aHiddenValueIsNowhereButUnderItsKey() throws IOException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/v1/traces", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
                body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
            }
            traces.add(new String(body, ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        List<String> started = new ArrayList<>(List.of(options));
        started.addAll(List.of(
                "--set",
                "traces.endpoint=http://127.0.0.1:" + receiver.getAddress().getPort() + "/v1/traces"));
        try (ApplianceFixture appliance = ApplianceFixture.start(
                folder.resolve("data"), List.of(held.policy()), started.toArray(String[]::new))) {
            String writer = appliance.token(Set.of(Scope.INGEST), SOURCE);
            String reader = appliance.token(Set.of(Scope.READ));
            String exporter = appliance.token(Set.of(Scope.EXPORT, Scope.READ));
            send(appliance, writer);
            Awaitility.await().until(() -> get(appliance, reader, "/api/v1/query/records?sort=seq&source=" + SOURCE)
                    .contains("desk-1"));
            ask(appliance, reader);
            sendMany(appliance, writer);
            takeOut(appliance, exporter);
            assertQuarantined(appliance);
            answers.put("metrics", get(appliance, reader, "/metrics"));
            answers.put("health", get(appliance, reader, "/health/ready"));
            scanIndex(appliance);
            scanTables(appliance);
            scanBodies(appliance);
            Awaitility.await().until(() -> traces.stream().anyMatch(trace -> trace.contains("/api/v1/query/records")));
        } finally {
            receiver.stop(0);
            log.close();
        }
        answers.forEach(LeakScanContract::scan);
        assertThat(String.join("", answers.values())).contains(CLEAR);
        scan("the traces", String.join("", traces));
        scan("the log", String.join("", log.lines()));
        scanFiles(folder.resolve("data"));
    }

    private void send(ApplianceFixture appliance, String writer) {
        put(appliance, writer, "k1", record("acme", ""));
        put(appliance, writer, "k1", record("acme", ""));
        put(appliance, writer, "k1", record("acme", ",\"purpose\":\"another\""));
        put(appliance, writer, "k2", record("acme", ",\"surprise\":\"patient-4711-secret\""));
        put(appliance, writer, "k3", record("acme", "") + "patient-4711-secret");
        put(appliance, writer, "k5", record("acme", "").replace("\"Desk.Asked\"", "4012888888881881"));
        put(appliance, writer, "k6", record("other", ""));
        remember(
                "batch",
                appliance.post(
                        RECORDS + ":batch",
                        record("acme", ",\"idempotencyKey\":\"b1\"") + "\n{patient-4711-secret\n",
                        "Authorization",
                        "Bearer " + writer,
                        "Content-Type",
                        "application/x-ndjson"));
    }

    private void sendMany(ApplianceFixture appliance, String writer) {
        String large = record("acme", "").replace(CLEAR, (CLEAR + " ").repeat(LARGE_CHARS / CLEAR.length()));
        for (int i = 0; i < LARGE_RECORDS; i++) {
            String id = i == LARGE_RECORDS - 1 ? HELD : "desk-1";
            put(appliance, writer, "large " + i, large.replace("desk-1", id));
        }
    }

    private void put(ApplianceFixture appliance, String writer, String key, String document) {
        remember(
                "append " + key,
                appliance.post(RECORDS, document, "Authorization", "Bearer " + writer, "Idempotency-Key", key));
    }

    /** The secrets stand in the questions, so an answer that repeats what was asked would be found. */
    private void ask(ApplianceFixture appliance, String reader) {
        for (String secret : SECRETS) {
            for (String filter :
                    List.of("actor", "resource", "q", "label.team", "find./attributes/note", "limit", "x", "cursor")) {
                for (String path : List.of("records", "facets")) {
                    get(appliance, reader, "/api/v1/query/" + path + "?" + filter + "=" + secret.replace("@", "%40"));
                }
            }
            get(appliance, reader, "/api/v1/query/records/" + secret.replace("@", "%40"));
            remember(
                    "plan " + secret,
                    appliance.post(
                            "/api/v1/query/plan",
                            "{\"q\":\"" + secret + "\",\"resource\":\"" + secret + "\"}",
                            "Authorization",
                            "Bearer " + reader,
                            "X-Tenant-Id",
                            ApplianceFixture.TENANT));
        }
        get(appliance, reader, "/api/v1/query/facets?fields=resource,action,label");
    }

    private void takeOut(ApplianceFixture appliance, String exporter) throws IOException {
        for (String format : List.of("ndjson", "parquet")) {
            String asked = remember(
                    "export",
                    appliance.post(
                            "/api/v1/exports",
                            "{\"format\":\"" + format
                                    + "\",\"purpose\":\"audit\",\"selection\":{\"source\":\"front-desk\"}}",
                            "Authorization",
                            "Bearer " + exporter,
                            "X-Tenant-Id",
                            ApplianceFixture.TENANT));
            String id = Json.parseObject(asked.getBytes(UTF_8)).text("id");
            if (format.equals("ndjson")) {
                scanHalfMade(appliance, exporter, id);
            }
            Awaitility.await().until(() -> get(appliance, exporter, "/api/v1/exports/" + id)
                    .contains("\"ready\""));
            get(appliance, exporter, "/api/v1/exports/" + id + "/content");
        }
    }

    /** Nothing of a pack stands in clear before it is whole, either, whether or not its reader may see it. */
    private void scanHalfMade(ApplianceFixture appliance, String exporter, String id) throws IOException {
        Path spool = folder.resolve("data/spool");
        Awaitility.await()
                .until(() ->
                        held.holds() && AtRest.files(spool).values().stream().anyMatch(text -> !text.isEmpty()));
        assertThat(get(appliance, exporter, "/api/v1/exports/" + id)).contains("\"running\"");
        scanFiles(spool);
        assertThat(AtRest.files(spool).values()).noneMatch(text -> text.contains(CLEAR));
        held.release();
    }

    /** What is looked for is there, and opens for who may look. */
    private static void assertQuarantined(ApplianceFixture appliance) {
        String[] officer = {"Authorization", "Bearer " + appliance.adminToken(), "X-Tenant-Id", ApplianceFixture.TENANT
        };
        Json.Obj list = Json.parseObject(
                appliance.get("/api/v1/quarantine", officer).body().getBytes(UTF_8));
        String id = list.objects("items", item -> item.text("id")).getFirst();
        String document = appliance.get("/api/v1/quarantine/" + id, officer).body();
        assertThat(Json.parseObject(document.getBytes(UTF_8)))
                .isEqualTo(Json.parseObject(record("other", "").getBytes(UTF_8)));
    }

    private String get(ApplianceFixture appliance, String token, String path) {
        return remember(
                "GET " + path,
                appliance.get(path, "Authorization", "Bearer " + token, "X-Tenant-Id", ApplianceFixture.TENANT));
    }

    private String remember(String what, HttpResponse<String> answer) {
        answers.put(what, answer.headers().map() + "\n" + answer.body());
        return answer.body();
    }

    // --- Where to look

    /** Without the question who asks: nothing but hashes under a key may stand there for what is hidden. */
    private void scanIndex(ApplianceFixture appliance) {
        Timeline timeline = appliance.appliance().context().getBean(Timeline.class);
        Database database = appliance.appliance().context().getBean(Database.class);
        assertThat(hits(database, timeline, List.of(new Condition(Field.RESOURCE, "desk-1")), Set.of()))
                .as("what is in clear is found")
                .isPositive();
        for (String secret : SECRETS) {
            assertThat(hits(database, timeline, List.of(), TimelineQuery.words(secret)))
                    .as(secret)
                    .isZero();
            for (Field field : List.of(Field.ACTOR, Field.RESOURCE, Field.ACTION)) {
                assertThat(hits(database, timeline, List.of(new Condition(field, secret)), Set.of()))
                        .as(field + " " + secret)
                        .isZero();
            }
            assertThat(hits(database, timeline, List.of(Condition.label("team", secret)), Set.of()))
                    .isZero();
        }
    }

    private static int hits(Database database, Timeline timeline, List<Condition> conditions, Set<String> words) {
        return database.read(connection -> timeline.find(
                        connection, TimelineQuery.all(Order.SEQ_ASC).having(conditions, words), 10)
                .positions()
                .size());
    }

    private static void scanTables(ApplianceFixture appliance) {
        Map<String, String> all = AtRest.tables(appliance);
        assertThat(all.keySet())
                .contains(
                        "timeline_page",
                        "timeline_tail",
                        "facet_value",
                        "ledger_disclosure",
                        "export_job",
                        "quarantine");
        assertThat(all.get("facet_value")).contains("Desk.Asked");
        assertThat(all.get("quarantine")).contains("tenant-mismatch");
        all.forEach((table, rows) -> scan("the table " + table, rows));
    }

    /** The appliance's own records are among them. */
    private static void scanBodies(ApplianceFixture appliance) {
        String bodies = AtRest.bodies(appliance);
        assertThat(bodies).contains(CLEAR, "system.access", "system.guard");
        scan("the ledger", bodies);
    }

    private static void scanFiles(Path folder) throws IOException {
        Map<Path, String> files = AtRest.files(folder);
        assertThat(files).isNotEmpty();
        files.forEach((file, text) -> scan(file.toString(), text));
    }

    /** Looks for each secret as it is, as hexadecimal digits, and as base64 at any offset. */
    private static void scan(String where, String text) {
        for (String secret : SECRETS) {
            for (String form : forms(secret)) {
                assertThat(text.contains(form)).as(where + " holds " + secret).isFalse();
            }
        }
    }

    private static List<String> forms(String secret) {
        List<String> forms = new ArrayList<>();
        forms.add(secret);
        byte[] bytes = secret.getBytes(UTF_8);
        forms.add(HexFormat.of().formatHex(bytes));
        for (int offset = 0; offset < 3; offset++) {
            byte[] shifted = new byte[bytes.length + offset];
            System.arraycopy(bytes, 0, shifted, offset, bytes.length);
            String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(shifted);
            // The first and the last characters depend on what stands beside it.
            forms.add(encoded.substring(offset == 0 ? 0 : offset + 1, encoded.length() - 2));
        }
        return forms;
    }
}
