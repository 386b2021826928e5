package io.strongroom.server.access;

import io.strongroom.server.database.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2PeopleTest extends PeopleContract {
    H2PeopleTest(@TempDir Path folder) {
        super(TestDatabases.h2(folder));
    }
}
