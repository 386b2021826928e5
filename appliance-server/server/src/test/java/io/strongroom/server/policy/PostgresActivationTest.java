package io.strongroom.server.policy;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PostgresActivationTest extends ActivationContract {
    PostgresActivationTest(@TempDir Path folder) {
        super(folder, "--postgres");
    }
}
