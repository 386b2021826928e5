package io.strongroom.server.access;

import io.strongroom.server.database.TestDatabases;

class PostgresPeopleTest extends PeopleContract {
    PostgresPeopleTest() {
        super(TestDatabases.postgres());
    }
}
