package io.strongroom.server.policy;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PostgresPolicyRepositoryTest extends PolicyRepositoryContract {
    PostgresPolicyRepositoryTest(@TempDir Path folder) {
        super(folder, "--postgres");
    }
}
