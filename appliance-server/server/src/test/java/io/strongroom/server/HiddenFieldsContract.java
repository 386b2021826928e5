package io.strongroom.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.AuditRecord;
import io.strongroom.api.Exclusions;
import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.FieldVerdict;
import io.strongroom.api.QueryItem;
import io.strongroom.api.Scope;
import io.strongroom.api.Selection;
import io.strongroom.api.client.BatchOptions;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.cli.Verify;
import io.strongroom.evidence.field.Commitment.Verdict;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackFacts;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.evidence.pack.verify.Rung;
import io.strongroom.evidence.trust.TrustFile;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.server.database.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What a policy hides, from the client that sent it to the auditor who verifies a pack: on each database, over HTTP, by
 * the whole appliance.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class HiddenFieldsContract {
    private static final String EMAIL = "john.doe@example.com";
    private static final String PATIENT = "patient-4711";
    private static final String BADGE = "badge-998877";
    private static final String PASSWORD = "hunter2-and-more";
    /** Is in clear, so that a search for what must not be there is known to find what is. */
    private static final String CARRIER = "carrier-in-clear";

    /** Stands in clear in every entry. */
    private static final String SOURCE = "front-desk";

    private static final RecordQuery DESK = RecordQuery.ALL.source(SOURCE);
    private static final Selection DESK_ALONE = Selection.where().source(SOURCE).build();

    private final CapturedLog log = new CapturedLog();
    private final Path folder;
    private final ApplianceFixture appliance;
    private final StrongroomClient reader;
    private final StrongroomClient auditor;

    HiddenFieldsContract(Path folder, String... options) {
        this.folder = folder;
        this.appliance = ApplianceFixture.start(folder.resolve("data"), List.of(policy()), options);
        this.reader = appliance.client(appliance.token(Set.of(Scope.READ)));
        this.auditor = appliance.client(appliance.token(Set.of(Scope.READ, Scope.EXPORT)));
        try (StrongroomClient desk = appliance.client(appliance.token(Set.of(Scope.INGEST), SOURCE))) {
            desk.records().append(record(0));
            desk.records().appendAll(List.of(record(1)).iterator(), BatchOptions.DEFAULT, result -> assertThat(
                            result.status().acknowledged())
                    .isTrue());
        }
        Awaitility.await().until(() -> reader.records().query(DESK).items().size() == 2);
    }

    private static CompiledPolicy policy() {
        return TestPolicies.of(Map.of(
                "classification.yaml",
                """
                        default: INTERNAL
                        rules:
                          - {streams: [audit.*], fields: [/actor/id], class: RESTRICTED, kind: identifier}
                          - {fields: [/attributes/email, /attributes/badge], class: CONFIDENTIAL, kind: contact}
                        """,
                "handling.yaml",
                """
                        subject:
                          - {fields: [/actor/id]}
                        rules:
                          - {fields: [/attributes/password], do: drop}
                        findable:
                          - {fields: [/actor/id, /attributes/email]}
                        """,
                "masking.yaml",
                """
                        profiles:
                          - name: reading
                            roles: [Audit.Reader]
                            uses: [read]
                            rules:
                              - {fields: [/attributes/email], mask: redact}
                              - {fields: [/attributes/badge], mask: none}
                          - name: taking-out
                            roles: [Export.Operator]
                            uses: [export]
                            rules:
                              - {fields: [/attributes/email], mask: none}
                              - {fields: [/attributes/badge], mask: last4}
                        """,
                "access.yaml",
                """
                        rules:
                          - {roles: [Audit.Reader], operations: [records.read], exceptStreams: [system.*]}
                        """,
                "export.yaml",
                """
                        rules:
                          - {roles: [Export.Operator], exceptStreams: [system.*]}
                        """));
    }

    private static AuditRecord record(long sequence) {
        return AuditRecord.of(SOURCE, "Appointment.Booked", Instant.parse("2026-11-21T01:02:03.004Z"))
                .sequence(sequence)
                .actor("Patient", PATIENT)
                .resource("Appointment", "apt_" + sequence)
                .attribute("email", EMAIL)
                .attribute("badge", BADGE)
                .attribute("password", PASSWORD)
                .attribute("carrier", CARRIER)
                .build();
    }

    @AfterAll
    void stop() {
        log.close();
        reader.close();
        auditor.close();
        appliance.close();
    }

    private static QueryItem item(StrongroomClient client) {
        return client.records().query(DESK.resource("apt_0")).items().getFirst();
    }

    private static FieldVerdict field(QueryItem item, String pointer) {
        return item.committed().stream()
                .filter(field -> pointer.equals(field.pointer()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoMayNotSeeIsToldWhatIsHiddenAndWhyAndWhoMaySeesIt() {
        QueryItem item = item(reader);

        assertThat(item.record().list("_sd")).hasSize(3);
        assertThat(item.record().object("attributes"))
                .hasToString("{\"badge\":\"" + BADGE + "\",\"carrier\":\"" + CARRIER + "\"}");
        assertThat(item.record().object("actor")).hasToString("{\"type\":\"Patient\"}");
        assertThat(item.committed()).hasSize(3);
        FieldVerdict email = field(item, "/attributes/email");
        assertThat(email.verdict()).isEqualTo(Verdict.WITHHELD);
        assertThat(email.classification()).isEqualTo("CONFIDENTIAL");
        assertThat(email.mask()).isEqualTo("redact");
        assertThat(email.rendering()).isEqualTo(new Json.Text("[REDACTED]"));
        assertThat(email.reason()).contains("masking.yaml");
        FieldVerdict actor = field(item, "/actor/id");
        assertThat(actor.verdict()).isEqualTo(Verdict.WITHHELD);
        assertThat(actor.classification()).isEqualTo("RESTRICTED");
        assertThat(actor.rendering()).isNull();
        assertThat(actor.reason()).contains("profile reading");
        assertThat(field(item, "/attributes/badge").verdict()).isEqualTo(Verdict.PRESENT);
        assertThat(item.toString()).doesNotContain(EMAIL, PATIENT, PASSWORD);
        Json.Obj stored = Json.object()
                .putAll(item.record())
                .put("attributes", item.record().object("attributes").without("badge"))
                .build();
        assertThat(Digest.of(CanonicalJson.of(stored.bytes())))
                .as("without what was put back it is the record that the ledger took in")
                .hasToString(item.more().text("recordDigest"));
    }

    @Test
    void whatIsHiddenIsNoWayToFindARecordUnlessPolicyHasItFound() {
        assertThat(reader.records().query(DESK.actor(PATIENT)).items())
                .as("findable, and omitted for this reader where there is any")
                .isEmpty();
        assertThatThrownBy(() -> reader.records().query(DESK.actor(PATIENT).stream("audit.default")))
                .hasMessageContaining("field-hidden")
                .hasMessageNotContaining(PATIENT);
        assertThat(reader.records().query(DESK.text("john")).items()).isEmpty();
        assertThat(reader.records().query(DESK.text(CARRIER)).items()).hasSize(2);
        assertThat(reader.records().facets(DESK.with("fields", "actor")).toString())
                .doesNotContain(PATIENT);
        assertThat(reader.records()
                        .query(DESK.with("find./attributes/email", EMAIL))
                        .items())
                .as("findable, and masked for this reader")
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.toString()).doesNotContain(EMAIL));
        assertThat(reader.records()
                        .query(DESK.with("find./attributes/email", "jane.doe@example.com"))
                        .items())
                .isEmpty();
        assertThatThrownBy(() -> reader.records().query(DESK.with("find./attributes/badge", BADGE)))
                .as("not findable, though this reader sees it")
                .hasMessageContaining("findable");
    }

    @Test
    void whatIsHiddenLeavesNothingOutForThatWouldTellItsValue() {
        assertThat(reader.records().query(DESK.not("actor", PATIENT)).items())
                .as("hidden from this reader, who is told so")
                .hasSize(2);
        assertThat(reader.records().query(DESK.not("actor", PATIENT)).unsearched())
                .anySatisfy(where -> assertThat(where.filter()).isEqualTo("not.actor"));
        assertThatThrownBy(() ->
                        reader.records().query(DESK.stream("audit.default").not("actor", PATIENT)))
                .hasMessageContaining("field-hidden")
                .hasMessageContaining("not.actor")
                .hasMessageNotContaining(PATIENT);
        assertThat(reader.records().facets(DESK.not("actor", PATIENT)).toString())
                .contains("Appointment.Booked")
                .doesNotContain(PATIENT);
        assertThat(reader.records().query(DESK.not("resource", "apt_0")).items())
                .as("what is shown does")
                .hasSize(1);
        Selection probing = Selection.where().stream("audit.default")
                .source(SOURCE)
                .build()
                .without(Exclusions.NONE.and("actor", PATIENT));
        assertThatThrownBy(() -> auditor.exports().request(new ExportRequest(probing, ExportFormat.NDJSON, "audit")))
                .hasMessageContaining("field-hidden");
    }

    @Test
    void aStreamThatIsNotForAReaderShowsEntriesAndTheReason() {
        QueryItem item = reader.records()
                .query(RecordQuery.ALL.with("stream", "system.access").limit(1))
                .items()
                .getFirst();

        assertThat(item.record().members()).isEmpty();
        assertThat(item.more().text("withheld")).isEqualTo("policy");
        assertThat(item.more().text("reason")).contains("access.yaml");
        assertThat(item.more().members()).containsKeys("leaf", "entry");
    }

    @Test
    void aPackDisclosesWhatItsReaderMaySeeAndVerifies() throws IOException {
        Path pack = pack(ExportFormat.NDJSON);
        Path files = Unzipped.into(pack, folder.resolve("ndjson"));

        assertThat(Files.readString(files.resolve("data/records/part-00000.ndjson")))
                .contains(CARRIER)
                .doesNotContain(EMAIL, PATIENT, PASSWORD);
        assertThat(disclosures(files)).hasSize(2).allSatisfy(disclosure -> {
            assertThat(disclosure.pointer()).hasToString("/attributes/email");
            assertThat(disclosure.value().string()).isEqualTo(EMAIL);
        });
        assertThat(Files.readAllLines(files.resolve("data/masked/part-00000.ndjson")))
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line).contains("****8877", "/actor/id").doesNotContain(EMAIL, PATIENT, BADGE));
        assertThat(Files.readString(files.resolve("manifest.json")))
                .contains("\"maskingProfile\":\"taking-out\"", "\"role\":\"Export.Operator\"");
        Ladder ladder = verify(pack);
        assertThat(ladder.exitCode()).as(ladder.toString()).isZero();
        assertThat(ladder.facts().fields()).isEqualTo(new PackFacts.Fields(2, 4, 0));
        assertThat(ladder.facts().policiesNotHere()).isEmpty();
    }

    @Test
    void whoeverAsksForAPackMayHaveMoreLeftOutThanPolicyDoes() throws IOException {
        Path pack = pack(new ExportRequest(DESK_ALONE, ExportFormat.NDJSON, "audit", List.of("/attributes/email")));
        Path files = Unzipped.into(pack, folder.resolve("withheld"));

        assertThat(files.resolve("data/disclosures/part-00000.ndjson")).doesNotExist();
        assertThat(Files.readAllLines(files.resolve("data/masked/part-00000.ndjson")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .contains("****8877", "/attributes/email", "had it left out")
                        .doesNotContain(EMAIL));
        assertThat(Files.readString(files.resolve("manifest.json"))).contains("\"withhold\":[\"/attributes/email\"]");
        Ladder ladder = verify(pack);
        assertThat(ladder.exitCode()).as(ladder.toString()).isZero();
        assertThat(ladder.facts().fields()).isEqualTo(new PackFacts.Fields(0, 6, 0));

        Path none = pack(new ExportRequest(DESK_ALONE, ExportFormat.PARQUET, "audit", List.of("")));
        assertThat(Files.readAllLines(
                        Unzipped.into(none, folder.resolve("nothing")).resolve("data/masked/part-00000.ndjson")))
                .allSatisfy(line -> assertThat(line).doesNotContain("****8877", "rendering"));
        assertThat(verify(none).facts().fields()).isEqualTo(new PackFacts.Fields(0, 6, 0));
        assertThat(auditor.exports().list(null, 1).items().getFirst().withhold())
                .containsExactly("");
    }

    @Test
    void theOfflineVerifierSaysHowManyFieldsArePresentAndWithheld() throws IOException {
        Path pack = pack(ExportFormat.PARQUET);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, UTF_8);

        int exit = new Verify(print, print, InstantSource.system())
                .run(pack.toString(), "--trust", trustFile().toString());

        assertThat(exit).as(out.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8)).contains("2 shown and proven, 4 withheld, 0 erased");
        assertThat(Files.readAllBytes(
                        Unzipped.into(pack, folder.resolve("parquet")).resolve("data/tables/part-00000.parquet")))
                .asString(UTF_8)
                .doesNotContain(EMAIL, PATIENT, PASSWORD);
    }

    @Test
    void aDisclosureOfWhichAByteIsChangedFails() throws IOException {
        Path files = Unzipped.into(pack(ExportFormat.NDJSON), folder.resolve("changed"));
        Path part = files.resolve("data/disclosures/part-00000.ndjson");
        byte[] bytes = Files.readAllBytes(part);
        int at = new String(bytes, UTF_8).indexOf("[\"") + 30;
        bytes[at] = (byte) (bytes[at] == 'A' ? 'B' : 'A');
        Files.write(part, bytes);

        Ladder ladder = verify(files);

        assertThat(ladder.exitCode()).isEqualTo(1);
        assertThat(ladder.verdict(Rung.INTACT).held()).isFalse();
        assertThat(ladder.failure().orElseThrow().file()).isEqualTo("data/disclosures/part-00000.ndjson");
    }

    @Test
    void theSubjectHasAKeyOfItsOwn() {
        Database database = appliance.appliance().context().getBean(Database.class);
        assertThat(AtRest.rows(database, "SELECT kind FROM data_key").lines()).containsExactly("subject");
    }

    /** Last, because it stops the appliance. */
    @Test
    @Order(Integer.MAX_VALUE)
    void nothingHiddenStandsInClearInAnyFileOrInTheLog() throws IOException {
        String bodies = AtRest.bodies(appliance);
        reader.close();
        auditor.close();
        appliance.close();

        assertThat(bodies).contains(CARRIER).doesNotContain(EMAIL, PATIENT, PASSWORD);
        Map<Path, String> files = AtRest.files(folder.resolve("data"));
        assertThat(files.values())
                .as("what is in clear is found")
                .anyMatch(text -> text.contains(SOURCE))
                .noneMatch(text -> Stream.of(EMAIL, PATIENT, PASSWORD, BADGE).anyMatch(text::contains));
        assertThat(String.join("", log.lines())).isNotEmpty().doesNotContain(EMAIL, PATIENT, PASSWORD);
    }

    private Path pack(ExportFormat format) throws IOException {
        return pack(new ExportRequest(DESK_ALONE, format, "yearly audit"));
    }

    private Path pack(ExportRequest request) throws IOException {
        ExportStatus asked = auditor.exports().request(request);
        ExportStatus ready = auditor.exports().await(asked.id(), Duration.ofSeconds(60), status -> {});
        Path pack = Files.createTempDirectory(folder, "pack").resolve("pack.zip");
        auditor.exports().download(ready, pack, bytes -> {});
        return pack;
    }

    private Path trustFile() {
        return folder.resolve("data/trust.txt");
    }

    private Ladder verify(Path pack) throws IOException {
        return new PackVerifier(TrustFile.parse(Files.readAllBytes(trustFile())), Set.of()).verify(pack);
    }

    private static List<Disclosure> disclosures(Path files) throws IOException {
        return Files.readAllLines(files.resolve("data/disclosures/part-00000.ndjson")).stream()
                .flatMap(line -> Json.parseObject(line.getBytes(UTF_8)).texts("disclosures").stream())
                .map(Disclosure::parse)
                .toList();
    }
}
