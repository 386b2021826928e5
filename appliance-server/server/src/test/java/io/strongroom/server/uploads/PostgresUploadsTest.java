package io.strongroom.server.uploads;

import io.strongroom.server.database.TestDatabases;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PostgresUploadsTest extends UploadsContract {
    PostgresUploadsTest(@TempDir Path folder) throws IOException {
        super(folder, TestDatabases.postgres());
    }
}
