package io.strongroom.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.strongroom.server.database.DatabaseLocation.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the PostgreSQL of the appliance's own says: it is kept, and does not fill the disk. */
class BundledPostgresTest {
    private static final long MOST_LOG_BYTES = 64 << 10;
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path temp;

    private Path folder;
    private Path log;

    @BeforeEach
    void name() {
        folder = temp.resolve("postgres");
        log = folder.resolve("server.log");
    }

    @Test
    void itsLogIsHeldToALengthWhileItWrites() throws Exception {
        try (BundledPostgres server = start()) {
            Postgres database = server.database("strongroom");
            for (int round = 0; round < 3; round++) {
                say(database, "before " + round, 1);
                say(database, "x".repeat(1_000), 200);
                String after = "after " + round;
                say(database, after, 1);
                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(Files.size(log)).isLessThanOrEqualTo(MOST_LOG_BYTES);
                    assertThat(said()).contains(after);
                });
            }
            assertThat(Files.size(log.resolveSibling("server.log.1"))).isGreaterThanOrEqualTo(MOST_LOG_BYTES);
            assertThat(said()).doesNotContain("before 0");
            assertThat(Files.readAllBytes(log)).doesNotContain(0);
        }
    }

    @Test
    void aStartThatFailsLeavesItsLastWordsBesideALogThatWasTooLong() throws Exception {
        start().close();
        Files.writeString(folder.resolve("data/postgresql.conf"), "no_such_setting = 1\n");
        Files.writeString(log, "x".repeat(1_000_000));

        assertThatThrownBy(this::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PostgreSQL does not start; see " + log.toRealPath());

        assertThat(Files.size(log)).isLessThan(MOST_LOG_BYTES);
        assertThat(log).content().contains("FATAL").contains("no_such_setting");
    }

    private BundledPostgres start() throws IOException {
        return BundledPostgres.start(folder, PostgresBinaries.unpacked(), MOST_LOG_BYTES, LOOK);
    }

    private String said() throws IOException {
        return Files.readString(log) + Files.readString(log.resolveSibling("server.log.1"));
    }

    private static void say(Postgres database, String what, int times) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.url(),
                        database.owner().user(),
                        database.owner().password());
                Statement statement = connection.createStatement()) {
            statement.execute("DO $$ BEGIN FOR i IN 1.." + times + " LOOP RAISE LOG '" + what + "'; END LOOP; END $$");
        }
    }
}
