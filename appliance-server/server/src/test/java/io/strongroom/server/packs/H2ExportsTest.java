package io.strongroom.server.packs;

import io.strongroom.server.database.TestDatabases;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2ExportsTest extends ExportsContract {
    H2ExportsTest(@TempDir Path folder) throws IOException {
        super(folder, TestDatabases.h2(folder));
    }
}
