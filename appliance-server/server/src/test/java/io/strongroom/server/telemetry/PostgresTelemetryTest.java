package io.strongroom.server.telemetry;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PostgresTelemetryTest extends TelemetryContract {
    PostgresTelemetryTest(@TempDir Path folder) {
        super(folder, "--postgres");
    }
}
