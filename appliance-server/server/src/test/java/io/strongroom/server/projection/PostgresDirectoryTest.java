package io.strongroom.server.projection;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;
import java.nio.file.Path;

class PostgresDirectoryTest extends DirectoryContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
