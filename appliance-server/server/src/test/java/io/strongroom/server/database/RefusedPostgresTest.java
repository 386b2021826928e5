package io.strongroom.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.strongroom.server.database.DatabaseLocation.Credentials;
import io.strongroom.server.database.DatabaseLocation.Postgres;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers and roles that must not be used: each is refused in a sentence that says which and what to do. */
class RefusedPostgresTest {
    @TempDir
    private static Path folder;

    private static BundledPostgres server;
    private static Postgres location;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = BundledPostgres.start(folder.resolve("postgres"));
        location = server.database("strongroom");
        // A role that was made and cannot be used would keep the next start from making it.
        Postgres forgotten = new Postgres(location.url(), location.owner(), null);
        assertThatThrownBy(() -> JdbcDatabase.open(forgotten, TestDatabases.TENANT))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("give its password as database.app-password");
        JdbcDatabase.open(location, TestDatabases.TENANT).close();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void itStartsOnceTheRemedyWasTaken() {
        JdbcDatabase.open(location, TestDatabases.TENANT).close();
    }

    @ParameterizedTest
    @CsvSource({
        "SUPERUSER, is a superuser",
        "BYPASSRLS, has BYPASSRLS",
        "CREATEROLE, has CREATEROLE",
        "REPLICATION, has REPLICATION"
    })
    void anAppRoleThatRowLevelSecurityWouldNotHoldRefusesTheStart(String attribute, String fault) throws SQLException {
        asSuperuser("ALTER ROLE strongroom_app " + attribute);

        assertRefused("strongroom_app " + fault, "ALTER ROLE strongroom_app NO" + attribute + ";");

        asSuperuser("ALTER ROLE strongroom_app NO" + attribute);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "pg_read_all_data"})
    void anAppRoleThatCanBecomeAnotherRefusesTheStart(String above) throws SQLException {
        asSuperuser("GRANT " + above + " TO strongroom_app");

        assertRefused("is a member of the role " + above, "REVOKE " + above + " FROM strongroom_app;");

        asSuperuser("REVOKE " + above + " FROM strongroom_app");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ALL ON strongroom.ledger_block; strongroom_app; DELETE, INSERT",
                "UPDATE ON strongroom.ledger_key_run; PUBLIC; UPDATE on ledger_key_run",
                "UPDATE (packed) ON strongroom.ledger_body; strongroom_app; UPDATE on ledger_body",
                "TRUNCATE ON strongroom.access_token; readers; TRUNCATE on access_token"
            })
    void anAppRoleThatMayChangeWhatItNeedNotRefusesTheStart(String right, String to, String fault) throws SQLException {
        asSuperuser("CREATE ROLE readers");
        asSuperuser("GRANT readers TO strongroom_app");
        asSuperuser("GRANT " + right + " TO " + to);

        assertRefused(
                "strongroom_app has rights that it must not have: " + fault,
                "Run as the owner: REVOKE " + fault.replaceAll(" on .*", ""));

        asSuperuser("REVOKE " + right + " FROM " + to);
        asSuperuser("GRANT SELECT ON strongroom.ledger_block TO strongroom_app");
        asSuperuser("DROP ROLE readers");
    }

    @Test
    void theRemedyTakesEveryRightTooMany() throws SQLException {
        asSuperuser("GRANT ALL ON ALL TABLES IN SCHEMA strongroom TO strongroom_app, PUBLIC");

        assertThatThrownBy(() -> JdbcDatabase.open(location, TestDatabases.TENANT))
                .satisfies(refused -> asSuperuser(
                        refused.getMessage().substring(refused.getMessage().indexOf("REVOKE"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "full_page_writes", "synchronous_commit"})
    void aServerThatLosesWhatItAcknowledgedRefusesTheStart(String setting) throws SQLException {
        system("ALTER SYSTEM SET " + setting + " = off", setting, "off");

        assertRefused("PostgreSQL has " + setting + " off", "Set " + setting + " = on in postgresql.conf");

        system("ALTER SYSTEM RESET " + setting, setting, "on");
    }

    @ParameterizedTest
    @ValueSource(strings = {"strongroom_owner", "strongroom_app"})
    void aRoleWhoseCommitsDoNotWaitForTheDiskRefusesTheStart(String role) throws SQLException {
        asSuperuser("ALTER ROLE " + role + " SET synchronous_commit = off");

        assertRefused("synchronous_commit off", "for the roles and the database");

        asSuperuser("ALTER ROLE " + role + " RESET synchronous_commit");
    }

    @Test
    void theAppRoleIsNotTakenForTheOwner() {
        Postgres same = new Postgres(
                location.url(), new Credentials("strongroom_app", location.appPassword()), location.appPassword());
        assertThatThrownBy(() -> JdbcDatabase.open(same, TestDatabases.TENANT))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("name that as database.owner");
    }

    @Test
    void aServerThatIsNotThereIsNotTakenForOneThatRefuses() {
        Postgres nowhere =
                new Postgres("jdbc:postgresql://127.0.0.1:1/strongroom", location.owner(), location.appPassword());
        assertThatThrownBy(() -> JdbcDatabase.open(nowhere, TestDatabases.TENANT))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageStartingWith("PostgreSQL does not answer: ");
    }

    @Test
    void aRefusalChangesNothing() throws SQLException {
        Postgres empty = server.database("empty");
        asSuperuser("ALTER ROLE strongroom_app BYPASSRLS");

        assertThatThrownBy(() -> JdbcDatabase.open(empty, TestDatabases.TENANT))
                .isInstanceOf(StartRefusedException.class);
        assertThat(schemas(empty)).isZero();

        asSuperuser("ALTER ROLE strongroom_app NOBYPASSRLS");
    }

    private static void assertRefused(String which, String remedy) {
        assertThatThrownBy(() -> JdbcDatabase.open(location, TestDatabases.TENANT))
                .isInstanceOfSatisfying(StartRefusedException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.DATABASE))
                .hasMessageContaining(which)
                .hasMessageContaining(remedy);
    }

    private static void system(String sql, String setting, String becomes) throws SQLException {
        asSuperuser(sql);
        asSuperuser("SELECT pg_reload_conf()");
        await().atMost(Duration.ofMinutes(1)).until(() -> show(setting).equals(becomes));
    }

    private static String show(String setting) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    private static int schemas(Postgres database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.url(),
                        database.owner().user(),
                        database.owner().password());
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT count(*) FROM pg_namespace WHERE nspname = 'strongroom'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void asSuperuser(String sql) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection superuser() throws SQLException {
        return DriverManager.getConnection(
                location.url(), "postgres", location.owner().password());
    }
}
