package io.strongroom.server;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2HiddenFieldsTest extends HiddenFieldsContract {
    H2HiddenFieldsTest(@TempDir Path folder) {
        super(folder);
    }
}
