package io.strongroom.server;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PostgresHiddenFieldsTest extends HiddenFieldsContract {
    PostgresHiddenFieldsTest(@TempDir Path folder) {
        super(folder, "--postgres");
    }
}
