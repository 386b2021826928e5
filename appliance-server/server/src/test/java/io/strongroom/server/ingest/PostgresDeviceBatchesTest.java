package io.strongroom.server.ingest;

import io.strongroom.server.database.TestDatabases;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PostgresDeviceBatchesTest extends DeviceBatchesContract {
    PostgresDeviceBatchesTest(@TempDir Path folder) throws IOException {
        super(folder, TestDatabases.postgres());
    }
}
