package io.strongroom.server;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PostgresFiveReadersTest extends FiveReadersContract {
    PostgresFiveReadersTest(@TempDir Path folder) {
        super(folder, "--postgres");
    }
}
