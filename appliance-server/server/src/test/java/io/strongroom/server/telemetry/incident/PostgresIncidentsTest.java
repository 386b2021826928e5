package io.strongroom.server.telemetry.incident;

import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;

class PostgresIncidentsTest extends IncidentsContract {
    @Override
    JdbcDatabase open() {
        return TestDatabases.postgres();
    }
}
