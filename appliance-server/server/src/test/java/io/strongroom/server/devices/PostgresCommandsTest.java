package io.strongroom.server.devices;

import io.strongroom.server.database.TestDatabases;

class PostgresCommandsTest extends CommandsContract {
    PostgresCommandsTest() {
        super(TestDatabases.postgres());
    }
}
