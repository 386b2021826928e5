package io.strongroom.server;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2LeakScanTest extends LeakScanContract {
    H2LeakScanTest(@TempDir Path folder) {
        super(folder);
    }
}
