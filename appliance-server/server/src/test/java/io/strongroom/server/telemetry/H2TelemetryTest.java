package io.strongroom.server.telemetry;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2TelemetryTest extends TelemetryContract {
    H2TelemetryTest(@TempDir Path folder) {
        super(folder);
    }
}
