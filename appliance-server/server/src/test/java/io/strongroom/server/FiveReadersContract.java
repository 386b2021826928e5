package io.strongroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.Role;
import io.strongroom.api.Scope;
import io.strongroom.api.Selection;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.evidence.trust.TrustFile;
import io.strongroom.policies.TenantHash;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Five people read records of CloudTrail and of Windows under a bundle that somebody else wrote, with names that JSON
 * pointers escape, arrays, values that are no text, rules that overlap. What each must see of each field stands in
 * {@code someone-elses-policy/expected.json}, which was worked out from docs/policy.md by another program: {@code seen},
 * {@code <mask>: <rendering>}, {@code hidden: <part of the reason>}, {@code hashed}, or {@code refused} for a whole record.
 * What is not listed there is seen by everybody.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FiveReadersContract {
    private static final String BUNDLE = "someone-elses-policy";
    private static final String SOURCE = "collector";
    private static final String SEEN = "seen";
    private static final String HASHED = "hashed";
    private static final String REFUSED = "refused";

    private final Path folder;
    private final ApplianceFixture appliance;
    private final List<Expected> table = table();
    private final Map<String, String> readers = new LinkedHashMap<>();
    private final Map<String, Json.Obj> sent = new HashMap<>();

    /** A row of the table: what was sent, and what becomes of it. */
    private record Expected(
            Json.Obj record, List<String> commits, List<String> drops, Json.Obj reads, Json.Obj exports) {
        String id() {
            return record.object("resource").text("id");
        }

        /** By pointer; empty where the whole record is refused. */
        static Optional<Map<String, String>> outcomes(Json.Obj byReader, String reader) {
            if (byReader.get(reader).orElseThrow() instanceof Json.Text) {
                return Optional.empty();
            }
            Map<String, String> outcomes = new TreeMap<>();
            byReader.object(reader).members().forEach((field, how) -> outcomes.put(field, ((Json.Text) how).value()));
            return Optional.of(outcomes);
        }
    }

    FiveReadersContract(Path folder, String... options) {
        this.folder = folder;
        this.appliance =
                ApplianceFixture.start(folder.resolve("data"), List.of(TestPolicies.inFolder(BUNDLE)), options);
        String writer = appliance.token(Set.of(Scope.INGEST), SOURCE);
        table.forEach(row -> send(writer, row.record()));
        String admin = TestPeople.joined(appliance, appliance.adminToken(), "administrator", Role.SECURITY_ADMIN);
        readers.put("administrator", admin);
        readers.put("reader", TestPeople.joined(appliance, admin, "reader", Role.AUDIT_READER));
        readers.put("investigator", TestPeople.joined(appliance, admin, "investigator", Role.AUDIT_INVESTIGATOR));
        readers.put("officer", TestPeople.joined(appliance, admin, "officer", Role.COMPLIANCE_REVIEWER));
        readers.put("auditor", TestPeople.joined(appliance, admin, "auditor", Role.EXPORT_OPERATOR));
        Awaitility.await().until(() -> items("administrator").size() == table.size());
    }

    private static List<Expected> table() {
        try (InputStream in = FiveReadersContract.class.getResourceAsStream("/" + BUNDLE + "/expected.json")) {
            return Json.parseObject(requireNonNull(in).readAllBytes())
                    .objects(
                            "records",
                            row -> new Expected(
                                    row.object("record"),
                                    row.texts("commits"),
                                    row.texts("drops"),
                                    row.object("reads"),
                                    row.object("exports")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(String writer, Json.Obj record) {
        Json.Obj whole = Json.object()
                .putAll(record)
                .put("source", Json.object().put("id", SOURCE).build())
                .build();
        HttpResponse<String> answer = appliance.post(
                "/api/v1/audit/records",
                whole.toString(),
                "Authorization",
                "Bearer " + writer,
                "X-Tenant-Id",
                ApplianceFixture.TENANT,
                "Idempotency-Key",
                record.object("resource").text("id"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        sent.put(
                record.object("resource").text("id"),
                Json.parseObject(answer.body().getBytes(UTF_8)));
    }

    @AfterAll
    void stop() {
        appliance.close();
    }

    private Json.Obj get(String reader, String path) {
        HttpResponse<String> answer = appliance.get(
                path,
                "Authorization",
                "Bearer " + readers.get(reader),
                "X-Tenant-Id",
                ApplianceFixture.TENANT,
                "X-Purpose",
                "case 17");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parseObject(answer.body().getBytes(UTF_8));
    }

    private List<Json.Obj> items(String reader) {
        return get(reader, "/api/v1/query/records?limit=500&sort=seq&source=" + SOURCE)
                .objects("items", item -> item);
    }

    private String recordId(Expected row) {
        return requireNonNull(sent.get(row.id())).text("recordId");
    }

    // --- Reading

    @Test
    void eachReaderSeesOfEachFieldWhatTheTableSays() {
        List<String> wrong = new ArrayList<>();
        for (String reader : readers.keySet()) {
            List<Json.Obj> items = items(reader);
            assertThat(items).as(reader).hasSameSizeAs(table);
            for (int i = 0; i < items.size(); i++) {
                compare(reader, table.get(i), items.get(i), wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aSingleRecordShowsTheSame() {
        List<String> wrong = new ArrayList<>();
        for (String reader : readers.keySet()) {
            for (Expected row : table) {
                Json.Obj item = get(reader, "/api/v1/query/records/" + recordId(row));
                compare(reader, row, item, wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void compare(String reader, Expected row, Json.Obj item, List<String> wrong) {
        String where = reader + " " + row.id() + " ";
        Map<String, String> expected = Expected.outcomes(row.reads(), reader).orElse(null);
        if (expected == null) {
            if (!item.get("withheld").equals(Optional.of(new Json.Text("policy")))
                    || item.get("record").isPresent()) {
                wrong.add(where + "is not refused: " + item);
            }
            return;
        }
        if (item.get("record").isEmpty()) {
            wrong.add(where + "is withheld: " + item);
            return;
        }
        compareFields(where, expected, item.objects("committed", field -> field), wrong);
        Json visible = visible(row, expected);
        Json shown = received(item.object("record"));
        if (!shown.equals(visible)) {
            wrong.add(where + "shows " + shown + " instead of " + visible);
        }
    }

    /** @param told what is said of fields that are kept apart; those that are seen as they are need not be among them */
    private static void compareFields(
            String where, Map<String, String> expected, List<Json.Obj> told, List<String> wrong) {
        Map<String, String> found = new TreeMap<>();
        for (Json.Obj field : told) {
            found.put(field.text("pointer"), outcome(field));
        }
        expected.forEach((field, how) -> {
            String got = found.remove(field);
            boolean fits = how.startsWith("hidden: ")
                    ? got != null && got.startsWith("hidden: ") && got.contains(how.substring("hidden: ".length()))
                    : how.equals(HASHED) ? got == null : how.equals(got);
            if (!fits) {
                wrong.add(where + field + " should be " + how + " and is " + got);
            }
        });
        found.forEach((field, how) -> wrong.add(where + field + " should be seen in clear and is " + how));
    }

    private static String outcome(Json.Obj field) {
        if (field.get("verdict").equals(Optional.of(new Json.Text("PRESENT")))) {
            return SEEN;
        }
        String mask = field.optionalText("mask");
        if (mask == null) {
            return "hidden: " + field.text("reason");
        }
        return mask.equals("none") ? SEEN : mask + ": " + field.text("rendering");
    }

    /** What was sent, without what this reader does not see. */
    private static Json visible(Expected row, Map<String, String> expected) {
        Json visible = row.record();
        for (String dropped : row.drops()) {
            visible = without(visible, JsonPointer.parse(dropped).tokens());
        }
        for (Map.Entry<String, String> field : expected.entrySet()) {
            if (!field.getValue().equals(SEEN)) {
                visible = without(visible, JsonPointer.parse(field.getKey()).tokens());
            }
        }
        return received(visible);
    }

    /** Without what the appliance wrote, hashes in place of values, and objects of which nothing is left. */
    private static Json received(Json record) {
        Json rest = ((Json.Obj) record)
                .without("_sd", "policy", "receivedAt", "recordId", "salt", "v", "source", "tenantId", "outcome");
        return requireNonNull(tidy(rest, true));
    }

    private static @Nullable Json tidy(Json value, boolean top) {
        if (value instanceof Json.Text text) {
            byte[] json = text.toString().getBytes(UTF_8);
            return TenantHash.is(new JsonSlice(json, 0, json.length)) ? null : text;
        }
        if (!(value instanceof Json.Obj object)) {
            return value;
        }
        Map<String, Json> members = new TreeMap<>();
        object.members().forEach((name, member) -> {
            Json tidied = tidy(member, false);
            if (tidied != null) {
                members.put(name, tidied);
            }
        });
        return members.isEmpty() && !top ? null : new Json.Obj(members);
    }

    private static Json without(Json value, List<String> tokens) {
        if (!(value instanceof Json.Obj object) || !object.members().containsKey(tokens.getFirst())) {
            return value;
        }
        if (tokens.size() == 1) {
            return object.without(tokens.getFirst());
        }
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.computeIfPresent(
                tokens.getFirst(), (name, member) -> without(member, tokens.subList(1, tokens.size())));
        return new Json.Obj(members);
    }

    // --- Taking out

    @Test
    void anAuditorsPackDisclosesWhatTheTableSaysAndVerifies() throws IOException {
        assertThat(packFaults("auditor", "audit.cloudtrail")).isEmpty();
    }

    @Test
    void anOfficersPackDisclosesWhatTheTableSaysAndVerifies() throws IOException {
        assertThat(packFaults("officer", null)).isEmpty();
    }

    @Test
    void whoMayNotExportIsRefused() {
        for (String reader : List.of("reader", "investigator", "administrator")) {
            assertThat(export(reader, "audit.cloudtrail").statusCode())
                    .as(reader)
                    .isEqualTo(403);
        }
        assertThat(export("auditor", "audit.windows").statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> export(String reader, String stream) {
        return appliance.post(
                "/api/v1/exports",
                "{\"format\":\"ndjson\",\"purpose\":\"audit\",\"selection\":{\"stream\":\"" + stream + "\"}}",
                "Authorization",
                "Bearer " + readers.get(reader),
                "X-Tenant-Id",
                ApplianceFixture.TENANT);
    }

    private List<String> packFaults(String reader, @Nullable String stream) throws IOException {
        Path files = pack(reader, stream);
        Ladder ladder = new PackVerifier(
                        TrustFile.parse(Files.readAllBytes(folder.resolve("data/trust.txt"))), Set.of())
                .verify(files);
        assertThat(ladder.exitCode()).as(ladder.toString()).isZero();
        Map<String, Json.Obj> records = byId(files.resolve("data/records"), "recordId");
        Map<String, Json.Obj> disclosures = byId(files.resolve("data/disclosures"), "recordId");
        Map<String, Json.Obj> masked = byId(files.resolve("data/masked"), "recordId");
        List<String> wrong = new ArrayList<>();
        for (Expected row : table) {
            String id = recordId(row);
            String where = reader + "'s pack " + row.id() + " ";
            Map<String, String> expected =
                    Expected.outcomes(row.exports(), reader).orElse(null);
            if (expected == null
                    || stream != null && !stream.equals(row.record().text("stream"))) {
                if (records.containsKey(id) || disclosures.containsKey(id)) {
                    wrong.add(where + "should not be in it");
                }
                continue;
            }
            List<Json.Obj> told = new ArrayList<>(
                    masked.containsKey(id) ? masked.get(id).objects("fields", field -> field) : List.of());
            Map<String, String> disclosed = new HashMap<>();
            if (disclosures.containsKey(id)) {
                for (String encoded : disclosures.get(id).texts("disclosures")) {
                    Disclosure disclosure = Disclosure.parse(encoded);
                    disclosed.put(
                            disclosure.pointer().toString(), disclosure.value().toString());
                    told.add(Json.object()
                            .put("pointer", disclosure.pointer().toString())
                            .put("verdict", "PRESENT")
                            .build());
                }
            }
            if (!records.containsKey(id)) {
                // A rule that leaves out a field in clear leaves the record out; each field is told by itself.
                boolean allTold = expected.values().stream().anyMatch(how -> how.contains("gives out"));
                if (!allTold) {
                    wrong.add(where + "is not in it");
                }
                told.removeIf(field -> outcome(field).equals(SEEN) && !expected.containsKey(field.text("pointer")));
            }
            compareFields(where, expected, told, wrong);
        }
        return wrong;
    }

    private static Map<String, Json.Obj> byId(Path parts, String member) throws IOException {
        Map<String, Json.Obj> lines = new HashMap<>();
        if (Files.exists(parts)) {
            try (var files = Files.list(parts)) {
                for (Path part : files.toList()) {
                    for (String line : Files.readAllLines(part)) {
                        Json.Obj object = Json.parseObject(line.getBytes(UTF_8));
                        lines.put(object.text(member), object);
                    }
                }
            }
        }
        return lines;
    }

    private Path pack(String reader, @Nullable String stream) throws IOException {
        try (StrongroomClient client = appliance.client(requireNonNull(readers.get(reader)))) {
            Selection selection =
                    Selection.where().stream(stream).source(SOURCE).build();
            ExportStatus asked = client.exports().request(new ExportRequest(selection, ExportFormat.NDJSON, "audit"));
            ExportStatus ready = client.exports().await(asked.id(), Duration.ofSeconds(60), status -> {});
            Path pack = Files.createTempDirectory(folder, "pack").resolve("pack.zip");
            client.exports().download(ready, pack, bytes -> {});
            return Unzipped.into(pack, pack.resolveSibling("files"));
        }
    }

    // --- The audit of audits

    @Test
    void theAuditOfAuditsIsMaskedLikeEverythingElse() {
        items("reader");
        String page = "/api/v1/query/records?stream=system.access&sort=-seq&limit=5";
        Json.Obj officers = get("officer", page).objects("items", item -> item).getFirst();
        assertThat(officers.text("withheld")).isEqualTo("policy");
        Map<String, String> told = new HashMap<>();
        officers.objects("fields", field -> field).forEach(field -> told.put(field.text("pointer"), outcome(field)));
        assertThat(told).containsEntry("/action", SEEN).hasEntrySatisfying("/actor/id", how -> assertThat(how)
                .startsWith("last4: ****"));
        Json.Obj administrators =
                get("administrator", page).objects("items", item -> item).getFirst();
        assertThat(administrators.objects("fields", field -> field)).anySatisfy(field -> assertThat(outcome(field))
                .isEqualTo("hidden: no masking profile fits the reader"));
        for (String reader : List.of("reader", "investigator", "auditor")) {
            Json.Obj item = get(reader, page).objects("items", each -> each).getFirst();
            assertThat(item.text("withheld")).isEqualTo("policy");
            assertThat(item.text("reason")).contains("access.yaml");
            assertThat(item.get("fields")).isEmpty();
        }
    }

    @Test
    void theTableIsOfUse() {
        assertThat(table).hasSizeGreaterThan(40);
        String all = table.toString();
        assertThat(all).contains("year: ", "last4: ", "hash: ", "redact: ", "hidden: ", REFUSED, HASHED);
    }
}
