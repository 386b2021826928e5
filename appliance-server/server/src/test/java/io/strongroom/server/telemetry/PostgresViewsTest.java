package io.strongroom.server.telemetry;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;

class PostgresViewsTest extends ViewsContract {
    @Override
    Database open() {
        return TestDatabases.postgres();
    }
}
