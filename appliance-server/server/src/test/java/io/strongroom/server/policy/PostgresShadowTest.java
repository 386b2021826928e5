package io.strongroom.server.policy;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PostgresShadowTest extends ShadowContract {
    PostgresShadowTest(@TempDir Path folder) {
        super(folder, "--postgres");
    }
}
