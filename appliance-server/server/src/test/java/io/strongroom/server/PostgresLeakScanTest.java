package io.strongroom.server;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PostgresLeakScanTest extends LeakScanContract {
    PostgresLeakScanTest(@TempDir Path folder) {
        super(folder, "--postgres");
    }
}
