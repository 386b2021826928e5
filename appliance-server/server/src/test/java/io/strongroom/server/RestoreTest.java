package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import io.strongroom.server.database.BundledPostgres;
import io.strongroom.server.database.DatabaseLocation.Postgres;
import io.strongroom.server.database.InstalledPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's commands for backup and restore, word for word: what they restore is whole, and goes on. */
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

    // Known before the backup.
    private List<Appended> before;
    private String writing;
    private String reading;
    private TrustFile trust;

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        GuideCommands.assumeProgram("tar");
        Path home = Files.createDirectory(folder.resolve("home"));
        data = home.resolve(".strongroom");
        variables = new HashMap<>(Map.of(
                "HOME",
                home.toString(),
                "BACKUP",
                Files.createDirectory(folder.resolve("backup")).toString()));
    }

    /** With its own PostgreSQL: one on H2 has less to copy, by the same commands. */
    @Test
    void whatWasCopiedWhileItWasStoppedIsWhole() throws Exception {
        try (ApplianceFixture appliance = start("--postgres")) {
            fill(appliance);
        }
        run("backup of a stopped one");
        lose();
        run("restore of a stopped one");
        assertWhole("--postgres");
    }

    @Test
    void whatWasCopiedWhileItRanIsWholeOnAnotherDatabaseServer() throws Exception {
        InstalledPostgres installed = InstalledPostgres.find().orElse(null);
        assumeTrue(installed != null, "no PostgreSQL with pg_dump on this machine");
        variables.put("PATH", installed.programs() + File.pathSeparator + System.getenv("PATH"));
        try (BundledPostgres server = installed.start(folder.resolve("server"))) {
            Postgres database = server.database("strongroom");
            use(database);
            try (ApplianceFixture appliance = start(options(database))) {
                fill(appliance);
                try (Writing unrelated = new Writing(appliance)) {
                    int earlier = unrelated.written();
                    run("backup while it runs");
                    assertThat(unrelated.written()).isGreaterThan(earlier);
                }
            }
        }
        lose();
        try (BundledPostgres server = installed.start(folder.resolve("another-server"))) {
            Postgres database = server.database("strongroom");
            use(database);
            try (Connection superuser =
                            DriverManager.getConnection(database.url(), "postgres", database.appPassword());
                    Statement statement = superuser.createStatement()) {
                statement.execute(
                        "CREATE ROLE strongroom_app LOGIN NOINHERIT PASSWORD '" + database.appPassword() + "'");
            }
            run("restore of a dump");
            assertWhole(options(database));
        }
    }

    private void run(String commands) throws IOException, InterruptedException {
        GuideCommands.of(commands).run(folder, variables);
    }

    private void use(Postgres database) {
        variables.put(
                "DATABASE",
                database.url()
                        .replace(
                                "jdbc:postgresql://",
                                "postgresql://" + database.owner().user() + ":"
                                        + database.owner().password() + "@"));
    }

    private static String[] options(Postgres database) {
        return new String[] {
            "--set", "database.url=" + database.url(),
            "--set", "database.owner-password=" + database.owner().password(),
            "--set", "database.app-password=" + database.appPassword()
        };
    }

    private ApplianceFixture start(String... options) {
        return ApplianceFixture.start(data, List.of(policy()), options);
    }

    private void fill(ApplianceFixture appliance) throws IOException {
        writing = appliance.token(Set.of(Scope.INGEST), SOURCE);
        reading = appliance.token(Set.of(Scope.READ, Scope.EXPORT));
        trust = TrustFile.parse(Files.readAllBytes(data.resolve("trust.txt")));
        try (StrongroomClient desk = appliance.client(writing)) {
            before = List.of(
                    desk.records().append(record(SOURCE, 0)), desk.records().append(record(SOURCE, 1)));
        }
    }

    /** The machine is gone, and a copy is all that there is. */
    private void lose() throws IOException {
        Files.move(data, folder.resolve("lost"));
    }

    private void assertWhole(String... options) throws IOException {
        assertThat(data.resolve("run")).doesNotExist();
        try (ApplianceFixture restored = start(options);
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

            assertThat(desk.records().append(record(SOURCE, 1)))
                    .isEqualTo(new Appended(
                            before.getLast().recordId(),
                            before.getLast().seq(),
                            before.getLast().recordDigest(),
                            true));
            Appended next = desk.records().append(record(SOURCE, 2));
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

    private static AuditRecord record(String source, int number) {
        return AuditRecord.of(source, "Appointment.Booked", Instant.parse("2026-11-21T01:02:03.004Z"))
                .sequence(number)
                .actor("User", "u-1")
                .resource("Appointment", "apt_" + number)
                .attribute("email", EMAIL)
                .idempotencyKey("k-" + number)
                .build();
    }

    /** Records that keep coming, of another source; there is a tile when it is made. */
    private static final class Writing implements AutoCloseable {
        private static final String OTHER = "back-office";

        /** So many fill a tile. */
        private static final int TILE = 256;

        private final StrongroomClient client;
        private final Thread thread = new Thread(this::write, "writing");
        private volatile boolean over;
        private volatile int written;

        Writing(ApplianceFixture appliance) {
            client = appliance.client(appliance.token(Set.of(Scope.INGEST), OTHER));
            thread.start();
            await().atMost(PATIENCE).until(() -> written > TILE);
        }

        private void write() {
            for (int next = 0; !over; next++) {
                client.records().append(record(OTHER, next));
                written = next + 1;
            }
        }

        int written() {
            return written;
        }

        @Override
        public void close() throws InterruptedException {
            over = true;
            thread.join();
            client.close();
        }
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
