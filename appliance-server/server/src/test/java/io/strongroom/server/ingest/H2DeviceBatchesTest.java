package io.strongroom.server.ingest;

import io.strongroom.server.database.TestDatabases;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2DeviceBatchesTest extends DeviceBatchesContract {
    H2DeviceBatchesTest(@TempDir Path folder) throws IOException {
        super(folder, TestDatabases.h2(folder));
    }
}
