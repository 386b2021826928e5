package io.strongroom.server.database;

import io.strongroom.evidence.TenantId;
import io.strongroom.server.settings.StartRefusedException;
import io.strongroom.server.settings.StartRefusedException.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Brings the tables up to this program's version.
 *
 * <p>Each slice numbers its migrations in a hundred of its own, so an upgrade may bring a lower number than the newest
 * one applied: they are applied out of order. None is ever changed once released; Flyway refuses it.
 */
final class Schema {
    /** The schema on PostgreSQL; the search path of every connection. */
    static final String NAME = "strongroom";

    private Schema() {}

    static void migrate(Database.Engine engine, DataSource owner, TenantId tenant) {
        FluentConfiguration flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(owner)
                .placeholders(Map.of("tenant", tenant.value()))
                .outOfOrder(true)
                .validateMigrationNaming(true);
        switch (engine) {
            case POSTGRESQL ->
                flyway.locations("classpath:db/postgresql").schemas(NAME).defaultSchema(NAME);
            case H2 -> flyway.locations("classpath:db/h2");
        }
        try {
            Flyway loaded = flyway.load();
            if (engine == Database.Engine.POSTGRESQL) {
                requireNoMoreRights(owner, loaded.info().all());
            }
            loaded.migrate();
        } catch (FlywayException e) {
            throw new StartRefusedException(
                    Reason.DATABASE, "The database cannot be brought to this version: " + oneLine(e), e);
        }
    }

    /** Before anything is written. Of tables that a later program made, this one does not know what it granted. */
    private static void requireNoMoreRights(DataSource owner, MigrationInfo[] migrations) {
        if (Arrays.stream(migrations).anyMatch(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)) {
            return;
        }
        try (Connection connection = owner.getConnection()) {
            AppRights.requireNoMore(
                    connection,
                    Arrays.stream(migrations)
                            .filter(migration -> migration.getScript().endsWith(".sql"))
                            .map(migration -> "db/postgresql/" + migration.getScript())
                            .toList());
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static String oneLine(FlywayException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ").strip();
    }
}
