package io.strongroom.server.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.GuideCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Enrolment with nothing but {@code curl} and {@code openssl}, word for word as the guide tells it. */
class StockClientTest {
    @TempDir
    Path folder;

    @Test
    void theGuidesCommandsEnrolAndRenew() throws Exception {
        GuideCommands.assumeProgram("curl");
        GuideCommands.assumeProgram("openssl");
        try (ApplianceFixture appliance = ApplianceFixture.start(folder.resolve("data"))) {
            String output = GuideCommands.of("enrolment")
                    .run(
                            Files.createDirectory(folder.resolve("device")),
                            Map.of(
                                    "APPLIANCE", appliance.devicesUrl().toString(),
                                    "CODE", TestDevice.code(appliance, "default")));
            assertThat(output).contains("\"generation\":1").contains("\"generation\":2");
        }
    }
}
