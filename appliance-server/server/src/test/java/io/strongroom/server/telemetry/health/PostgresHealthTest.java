package io.strongroom.server.telemetry.health;

import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;

class PostgresHealthTest extends HealthContract {
    @Override
    JdbcDatabase open() {
        return TestDatabases.postgres();
    }
}
