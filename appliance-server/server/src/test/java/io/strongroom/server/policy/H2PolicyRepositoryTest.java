package io.strongroom.server.policy;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2PolicyRepositoryTest extends PolicyRepositoryContract {
    H2PolicyRepositoryTest(@TempDir Path folder) {
        super(folder);
    }
}
