package io.strongroom.server.devices;

import io.strongroom.server.database.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2CommandsTest extends CommandsContract {
    H2CommandsTest(@TempDir Path folder) {
        super(TestDatabases.h2(folder));
    }
}
