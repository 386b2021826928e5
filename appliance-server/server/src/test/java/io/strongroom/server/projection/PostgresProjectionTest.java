package io.strongroom.server.projection;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;

class PostgresProjectionTest extends ProjectionContract {
    @Override
    Database open() {
        return TestDatabases.postgres();
    }
}
