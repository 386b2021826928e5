package io.strongroom.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.server.database.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2QuarantineTest extends QuarantineContract {
    H2QuarantineTest(@TempDir Path folder) {
        super(TestDatabases.h2(folder));
    }

    @Override
    String place() {
        return "";
    }

    @Override
    void assertWrittenAnew(String before, String after) {
        assertThat(after).isEqualTo(before);
    }
}
