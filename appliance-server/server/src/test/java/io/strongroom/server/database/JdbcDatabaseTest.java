package io.strongroom.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.server.database.DatabaseLocation.Credentials;
import io.strongroom.server.database.DatabaseLocation.Postgres;
import io.strongroom.server.settings.StartRefusedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcDatabaseTest {

    @Test
    void whatWasCommittedOnH2IsThereAfterAnotherOpening(@TempDir Path folder) {
        try (JdbcDatabase database = TestDatabases.h2(folder)) {
            database.owner(connection -> execute(connection, "CREATE TABLE t (a int)"));
            database.write(connection -> execute(connection, "INSERT INTO t VALUES (7)"));
        }
        try (JdbcDatabase database = TestDatabases.h2(folder)) {
            assertThat(database.<Integer>read(connection -> number(connection, "SELECT a FROM t")))
                    .isEqualTo(7);
        }
    }

    @Test
    void aTransactionThatThrowsIsRolledBack(@TempDir Path folder) {
        try (JdbcDatabase database = TestDatabases.h2(folder)) {
            database.owner(connection -> execute(connection, "CREATE TABLE t (a int)"));
            assertThatThrownBy(() -> database.write(connection -> {
                        execute(connection, "INSERT INTO t VALUES (7)");
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            assertThat(database.<Integer>read(connection -> number(connection, "SELECT count(*) FROM t")))
                    .isZero();
        }
    }

    @Test
    void aReadCannotWriteOnPostgres() {
        try (JdbcDatabase database = TestDatabases.postgres()) {
            assertThatThrownBy(() -> database.read(connection -> execute(connection, "CREATE TEMP TABLE t (a int)")))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("read-only");
        }
    }

    @Test
    void anUnreachablePostgresRefusesTheStart() {
        Postgres nowhere = new Postgres("jdbc:postgresql://127.0.0.1:1/none", new Credentials("owner", "x"), "x");
        assertThatThrownBy(() -> JdbcDatabase.open(nowhere, TestDatabases.TENANT))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("does not answer");
    }

    @Test
    void noMessageOfAFailureQuotesARow() {
        try (JdbcDatabase database = TestDatabases.postgres()) {
            database.owner(connection ->
                    execute(connection, "CREATE TABLE t (tenant_id text, who text UNIQUE, age int CHECK (age < 100))"));
            database.owner(connection -> execute(connection, "INSERT INTO t VALUES ('acme', 'jane.doe', 1)"));
            for (String row : List.of("'acme', 'jane.doe', 1", "'acme', 'john.doe', 777")) {
                assertThatThrownBy(() ->
                                database.owner(connection -> execute(connection, "INSERT INTO t VALUES (" + row + ")")))
                        .isInstanceOf(DatabaseException.class)
                        .hasMessageContaining("violates")
                        .satisfies(failure -> assertThat(allOf(failure)).doesNotContain("doe", "777"));
            }
            assertThatThrownBy(() -> {
                        try (Connection connection = database.connectOwner()) {
                            execute(connection, "INSERT INTO t VALUES ('acme', 'jane.doe', 1)");
                        }
                    })
                    .isInstanceOf(SQLException.class)
                    .satisfies(failure -> assertThat(allOf(failure)).doesNotContain("doe"));
        }
    }

    /** As a log would print it. */
    private static String allOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void anAppRoleThatOwnsTablesRefusesTheStart() throws SQLException {
        Postgres location = TestDatabases.freshPostgres();
        JdbcDatabase.open(location, TestDatabases.TENANT).close();
        asOwner(location, "GRANT CREATE ON SCHEMA strongroom TO strongroom_app");
        try (Connection app = DriverManager.getConnection(
                location.url() + "?currentSchema=strongroom", "strongroom_app", location.appPassword())) {
            execute(app, "CREATE TABLE mine (a int)");
        }
        assertThatThrownBy(() -> JdbcDatabase.open(location, TestDatabases.TENANT))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("owns tables");
    }

    private static void asOwner(Postgres location, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                location.url(), location.owner().user(), location.owner().password())) {
            execute(connection, sql);
        }
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
