package io.strongroom.server.telemetry.fleet;

import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;

class PostgresFleetTest extends FleetContract {
    @Override
    JdbcDatabase open() {
        return TestDatabases.postgres();
    }
}
