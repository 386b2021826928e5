package io.strongroom.server.telemetry.deployment;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;

class PostgresDeploymentsTest extends DeploymentsContract {
    @Override
    Database open() {
        return TestDatabases.postgres();
    }
}
