package io.strongroom.server.policy;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2ShadowTest extends ShadowContract {
    H2ShadowTest(@TempDir Path folder) {
        super(folder);
    }
}
