package io.strongroom.server;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2FiveReadersTest extends FiveReadersContract {
    H2FiveReadersTest(@TempDir Path folder) {
        super(folder);
    }
}
