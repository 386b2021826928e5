package io.strongroom.server.devices;

import io.strongroom.server.database.TestDatabases;

class PostgresDevicesTest extends DevicesContract {
    PostgresDevicesTest() {
        super(TestDatabases.postgres());
    }
}
