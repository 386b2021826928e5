package io.strongroom.server.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The read models under row-level security, seen as the app role. */
class TimelineIsolationTest {
    @Test
    void theAppRoleSeesTheReadModelsOfItsTransactionsTenantAndOfNoOther() {
        FakeLedger ledger = new FakeLedger();
        Random random = new Random(5);
        for (int i = 0; i < Segment.SIZE + 10; i++) {
            ledger.append(TestRecord.random(random, TestRecord.DAY), TestRecord.DAY);
        }
        List<String> tables = new ArrayList<>(TimelineSql.TABLES);
        tables.add("projection_state");
        try (Database database = TestDatabases.postgres()) {
            Projector projector = new Projector(database, ledger, TestDatabases.TENANT, InstantSource.system());
            boolean more = true;
            while (more) {
                more = projector.step();
            }
            // Written with the last of sixteen segments only.
            database.owner(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("INSERT INTO timeline_directory (bucket, first_seq, segments,"
                            + " tenant_id) VALUES (0, 0, '', '" + TestDatabases.TENANT + "')");
                }
            });
            database.read(connection -> {
                for (String table : tables) {
                    assertThat(count(connection, table)).as(table).isPositive();
                }
                // The tenant ends with the transaction.
                connection.commit();
                for (String table : tables) {
                    assertThat(count(connection, table)).as(table).isZero();
                }
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SELECT set_config('app.tenant_id', 'other', true)");
                }
                for (String table : tables) {
                    assertThat(count(connection, table)).as(table).isZero();
                }
                return tables;
            });
        }
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }
}
