package io.strongroom.server.telemetry.fleet;

import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2FleetTest extends FleetContract {
    @TempDir
    private Path folder;

    @Override
    JdbcDatabase open() {
        return TestDatabases.h2(folder);
    }
}
