package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.Appended;
import io.strongroom.api.AuditRecord;
import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.Scope;
import io.strongroom.api.Selection;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.evidence.trust.TrustFile;
import io.strongroom.policies.evaluate.CompiledPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's commands for a backup of an appliance that is stopped and for its restore, word for word. */
class RestoreTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String SOURCE = "front-desk";
    private static final String EMAIL = "john.doe@example.com";
    private static final RecordQuery FOUND_BY_WHAT_IS_HIDDEN =
            RecordQuery.ALL.source(SOURCE).with("find./attributes/email", EMAIL);

    @TempDir
    Path folder;

    private Path data;
    private Map<String, String> variables;

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        GuideCommands.assumeProgram("tar");
        Path home = Files.createDirectory(folder.resolve("home"));
        data = home.resolve(".strongroom");
        variables = Map.of(
                "HOME",
                home.toString(),
                "BACKUP",
                Files.createDirectory(folder.resolve("backup")).toString());
    }

    @Test
    void anApplianceOnH2IsWholeWhereItIsRestored() throws Exception {
        assertRestored();
    }

    @Test
    void anApplianceWithItsOwnPostgresIsWholeWhereItIsRestored() throws Exception {
        assertRestored("--postgres");
    }

    private void assertRestored(String... options) throws Exception {
        List<Appended> before;
        String writing;
        String reading;
        TrustFile trust;
        try (ApplianceFixture appliance = ApplianceFixture.start(data, List.of(policy()), options)) {
            writing = appliance.token(Set.of(Scope.INGEST), SOURCE);
            reading = appliance.token(Set.of(Scope.READ, Scope.EXPORT));
            trust = TrustFile.parse(Files.readAllBytes(data.resolve("trust.txt")));
            try (StrongroomClient desk = appliance.client(writing)) {
                before =
                        List.of(desk.records().append(record(0)), desk.records().append(record(1)));
            }
        }
        GuideCommands.of("backup").run(folder, variables);
        // The machine is lost.
        Files.move(data, folder.resolve("lost"));

        GuideCommands.of("restore").run(folder, variables);

        assertThat(data.resolve("run")).doesNotExist();
        assertThat(data.resolve("objects/log/checkpoint")).isNotEmptyDirectory();
        try (ApplianceFixture restored = ApplianceFixture.start(data, List.of(policy()), options);
                StrongroomClient desk = restored.client(writing);
                StrongroomClient reader = restored.client(reading)) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            reader.records().query(FOUND_BY_WHAT_IS_HIDDEN).items())
                    .hasSize(2));
            assertThat(reader.records()
                            .one(before.getFirst().recordId())
                            .record()
                            .object("attributes")
                            .text("email"))
                    .isEqualTo(EMAIL);

            assertThat(desk.records().append(record(1)))
                    .isEqualTo(new Appended(
                            before.getLast().recordId(),
                            before.getLast().seq(),
                            before.getLast().recordDigest(),
                            true));
            Appended next = desk.records().append(record(2));
            assertThat(next.seq()).isGreaterThan(before.getLast().seq());

            reader.ledger().awaitCheckpoint(next.seq() + 1, PATIENCE);
            assertThat(reader.ledger().verifyRange(0, next.seq()))
                    .satisfies(check -> assertThat(check.verified()).isTrue())
                    .satisfies(check -> assertThat(check.entries()).isEqualTo(next.seq() + 1));
            Ladder ladder = new PackVerifier(trust, Set.of()).verify(pack(reader));
            assertThat(ladder.exitCode()).as(ladder.toString()).isZero();
            assertThat(ladder.facts().fields().present()).isEqualTo(3);
        }
    }

    private Path pack(StrongroomClient reader) {
        String id = reader.exports()
                .request(new ExportRequest(
                        Selection.where().source(SOURCE).build(), ExportFormat.NDJSON, "after a restore"))
                .id();
        Path pack = folder.resolve("pack.zip");
        reader.exports().download(reader.exports().await(id, PATIENCE, status -> {}), pack, bytes -> {});
        return pack;
    }

    private static AuditRecord record(int number) {
        return AuditRecord.of(SOURCE, "Appointment.Booked", Instant.parse("2026-11-21T01:02:03.004Z"))
                .sequence(number)
                .actor("User", "u-1")
                .resource("Appointment", "apt_" + number)
                .attribute("email", EMAIL)
                .idempotencyKey("k-" + number)
                .build();
    }

    /** Keeps a field of every record apart, and shows it to whoever reads. */
    private static CompiledPolicy policy() {
        return TestPolicies.of(Map.of(
                "classification.yaml",
                """
                        default: INTERNAL
                        rules:
                          - {fields: [/attributes/email], class: CONFIDENTIAL, kind: contact}
                        """,
                "handling.yaml",
                """
                        subject:
                          - {fields: [/actor/id]}
                        findable:
                          - {fields: [/attributes/email]}
                        """,
                "masking.yaml",
                """
                        profiles:
                          - name: all
                            roles: [Audit.Reader, Export.Operator]
                            uses: [read, export]
                            rules:
                              - {fields: [/attributes/email], mask: none}
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
}
