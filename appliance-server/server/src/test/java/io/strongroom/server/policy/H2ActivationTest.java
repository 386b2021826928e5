package io.strongroom.server.policy;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2ActivationTest extends ActivationContract {
    H2ActivationTest(@TempDir Path folder) {
        super(folder);
    }
}
