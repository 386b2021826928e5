package io.strongroom.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.DatabaseLocation;
import io.strongroom.server.database.DatabaseLocation.H2File;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.record.IdempotencyKey;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation from before keys were stored in runs knows the keys that it knew. */
final class KeyMigrationTest {
    private static final List<IdempotencyKey> KEYS = List.of(
            Drafts.key("app", 0, "a"),
            Drafts.key("app", 1, "b"),
            Drafts.key("app", Long.MAX_VALUE, "c"),
            Drafts.key("other", Long.MIN_VALUE, "d"),
            Drafts.key("other", -1, "e"));

    @Test
    void onH2(@TempDir Path folder) {
        TestDatabases.h2(folder).close();
        keysAreKnownAsBefore(new H2File(folder.resolve("strongroom")), "varbinary(32)", "varchar(64)", "PUBLIC.");
    }

    @Test
    void onPostgreSql() {
        keysAreKnownAsBefore(TestDatabases.freshPostgres(), "bytea", "text", "strongroom.");
    }

    private static void keysAreKnownAsBefore(DatabaseLocation location, String bytes, String text, String schema) {
        try (JdbcDatabase database = JdbcDatabase.open(location, TestDatabases.TENANT)) {
            database.owner(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("DROP TABLE ledger_key_run");
                    statement.execute("CREATE TABLE ledger_key (key_high bigint NOT NULL, key_low bigint NOT NULL,"
                            + " seq bigint NOT NULL, on_day date NOT NULL, mac " + bytes + " NOT NULL, tenant_id "
                            + text + " NOT NULL, PRIMARY KEY (key_high, key_low))");
                    statement.execute("DELETE FROM " + schema + "\"flyway_schema_history\" WHERE \"version\" = '101'");
                }
                try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO ledger_key VALUES (?, ?, ?, ?, ?, ?)")) {
                    for (int i = 0; i < KEYS.size(); i++) {
                        insert.setLong(1, KEYS.get(i).high());
                        insert.setLong(2, KEYS.get(i).low());
                        insert.setLong(3, 1L << 8 * i);
                        insert.setObject(4, LocalDate.of(2026, 11, 21));
                        insert.setBytes(5, KEYS.get(i).mac());
                        insert.setString(6, TestDatabases.TENANT.value());
                        insert.addBatch();
                    }
                    insert.executeBatch();
                }
                return 0;
            });
        }

        try (Database database = JdbcDatabase.open(location, TestDatabases.TENANT)) {
            database.owner(connection -> {
                Map<IdempotencyKey, KnownKey> known = KeyQuery.run(KeyQuery.prepare(connection), KEYS);
                for (int i = 0; i < KEYS.size(); i++) {
                    assertThat(known.get(KEYS.get(i))).isNotNull();
                    assertThat(known.get(KEYS.get(i)).seq()).isEqualTo(1L << 8 * i);
                    assertThat(known.get(KEYS.get(i)).mac())
                            .isEqualTo(KEYS.get(i).mac());
                }
                assertThat(KeyQuery.run(
                                KeyQuery.prepare(connection),
                                List.of(Drafts.key("app", 2, "a"), Drafts.key("third", 0, "a"))))
                        .isEmpty();
                assertThat(KeyQuery.highest(connection, List.of((long) "app".hashCode(), 7L)))
                        .containsExactly(Map.entry((long) "app".hashCode(), Long.MAX_VALUE));
                return 0;
            });
        }
    }
}
