package io.strongroom.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.server.database.DatabaseLocation.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What row-level security promises, on the tables as a migration makes them, seen with the app role's own login. */
class PostgresIsolationTest {
    private static Postgres location;
    private static JdbcDatabase database;

    @BeforeAll
    static void makeOnePartitionedTable() {
        location = TestDatabases.freshPostgres();
        database = JdbcDatabase.open(location, TestDatabases.TENANT);
        database.owner(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE kept (tenant_id text NOT NULL CHECK (tenant_id = 'acme'),"
                        + " day date NOT NULL, body text) PARTITION BY RANGE (day)");
                statement.execute("CREATE TABLE kept_2026 PARTITION OF kept"
                        + " FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')");
                statement.execute("ALTER TABLE kept ENABLE ROW LEVEL SECURITY");
                statement.execute(
                        "CREATE POLICY tenant ON kept USING (tenant_id = current_setting('app.tenant_id', true))");
                statement.execute("GRANT SELECT, INSERT ON kept TO strongroom_app");
                return statement.executeUpdate("INSERT INTO kept VALUES ('acme', '2026-05-05', 'x')");
            }
        });
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void theAppRoleSeesItsTenantsRows() {
        assertThat(database.<Long>read(connection -> count(connection, "kept"))).isEqualTo(1);
    }

    @Test
    void withNoTenantSetTheAppRoleSeesZeroRows() throws SQLException {
        try (Connection app = connectApp()) {
            assertThat(count(app, "kept")).isZero();
        }
    }

    @Test
    void withAnotherTenantSetTheAppRoleSeesZeroRows() throws SQLException {
        try (Connection app = connectApp();
                Statement statement = app.createStatement()) {
            statement.execute("SELECT set_config('app.tenant_id', 'other', false)");
            assertThat(count(app, "kept")).isZero();
        }
    }

    @Test
    void theTenantEndsWithItsTransaction() {
        database.<Long>read(connection -> count(connection, "kept"));
        String after = database.read(connection -> {
            connection.commit();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT current_setting('app.tenant_id', true)")) {
                rows.next();
                return rows.getString(1);
            }
        });
        assertThat(after).isEmpty();
    }

    @Test
    void aLeafPartitionIsNotReadableWithoutItsParent() throws SQLException {
        try (Connection app = connectApp()) {
            assertThatThrownBy(() -> count(app, "kept_2026"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void theAppRoleCannotMakeTables() throws SQLException {
        try (Connection app = connectApp();
                Statement statement = app.createStatement()) {
            assertThatThrownBy(() -> statement.execute("CREATE TABLE strongroom.mine (a int)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void dataKeysAreSeenAndMadeForTheTenantThatIsSetAndNeverChanged() throws SQLException {
        assertThat(database.<Integer>write(connection -> insertDataKey(connection, "acme", 1)))
                .isEqualTo(1);
        assertThat(database.<Long>read(connection -> count(connection, "data_key")))
                .isEqualTo(1);
        try (Connection app = connectApp();
                Statement statement = app.createStatement()) {
            assertThat(count(app, "data_key")).isZero();
            assertThatThrownBy(() -> insertDataKey(app, "acme", 2)).hasMessageContaining("row-level security");
            statement.execute("SELECT set_config('app.tenant_id', 'other', false)");
            assertThat(count(app, "data_key")).isZero();
            assertThatThrownBy(() -> insertDataKey(app, "acme", 2)).hasMessageContaining("row-level security");
            assertThatThrownBy(() -> insertDataKey(app, "other", 2)).hasMessageContaining("violates check constraint");
            statement.execute("SELECT set_config('app.tenant_id', 'acme', false)");
            assertThat(count(app, "data_key")).isEqualTo(1);
            for (String change : List.of("UPDATE data_key SET wrapped = ''", "DELETE FROM data_key")) {
                assertThatThrownBy(() -> statement.execute(change)).hasMessageContaining("permission denied");
            }
        }
    }

    private static int insertDataKey(Connection connection, String tenant, long id) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO data_key (tenant_id, id, kind, name_mac, generation, wrapped,"
                        + " created_at) VALUES (?, ?, 'day', decode(repeat(?, 32), 'hex'), 1, '\\x00', 0)")) {
            insert.setString(1, tenant);
            insert.setLong(2, id);
            insert.setString(3, "0" + id);
            return insert.executeUpdate();
        }
    }

    @Test
    void everyTableOfTheAppliancePinsItsTenantAndEnablesRowLevelSecurity() {
        database.owner(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT c.relname, c.relrowsecurity,"
                            + " EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid"
                            + "         AND a.attname = 'tenant_id' AND a.attnotnull),"
                            + " EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c'"
                            + "         AND pg_get_constraintdef(k.oid) LIKE '%tenant_id = ''acme''%')"
                            + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                            + " WHERE n.nspname = 'strongroom' AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
                            + " AND c.relname <> 'flyway_schema_history'")) {
                while (rows.next()) {
                    String table = rows.getString(1);
                    assertThat(rows.getBoolean(2))
                            .as("row-level security on " + table)
                            .isTrue();
                    assertThat(rows.getBoolean(3))
                            .as("tenant_id not null in " + table)
                            .isTrue();
                    assertThat(rows.getBoolean(4))
                            .as("tenant pinned in " + table)
                            .isTrue();
                }
                return true;
            }
        });
    }

    @Test
    void noPartitionIsGrantedToTheAppRole() {
        database.owner(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT string_agg(c.relname, ', ') FROM pg_class c"
                            + " WHERE c.relispartition AND c.relkind IN ('r', 'p')"
                            + " AND has_table_privilege('strongroom_app', c.oid, 'SELECT,INSERT,UPDATE,DELETE')")) {
                rows.next();
                assertThat(rows.getString(1)).isNull();
                return true;
            }
        });
    }

    private static Connection connectApp() throws SQLException {
        return DriverManager.getConnection(
                location.url() + "?currentSchema=strongroom", "strongroom_app", location.appPassword());
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
