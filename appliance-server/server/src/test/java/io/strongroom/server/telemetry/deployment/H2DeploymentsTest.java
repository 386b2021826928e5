package io.strongroom.server.telemetry.deployment;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2DeploymentsTest extends DeploymentsContract {
    @TempDir
    private Path folder;

    @Override
    Database open() {
        return TestDatabases.h2(folder);
    }
}
