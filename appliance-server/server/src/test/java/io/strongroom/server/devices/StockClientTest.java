package io.strongroom.server.devices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strongroom.server.ApplianceFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Enrolment with nothing but {@code curl} and {@code openssl}, word for word as the guide tells it. */
class StockClientTest {
    private static final String BEGIN = "<!-- enrolment: tested -->\n";
    private static final String END = "<!-- end -->";

    @TempDir
    Path folder;

    @Test
    void theGuidesCommandsEnrolAndRenew() throws Exception {
        assumeTrue(
                runs("curl --version") && runs("openssl version") && runs("bash --version"), "curl, openssl and bash");
        try (ApplianceFixture appliance = ApplianceFixture.start(folder.resolve("data"))) {
            Path work = Files.createDirectory(folder.resolve("device"));
            Path script = work.resolve("enrol.sh");
            Files.writeString(
                    script,
                    "set -euo pipefail\nAPPLIANCE=" + appliance.devicesUrl() + "\nCODE="
                            + TestDevice.code(appliance, "default") + "\n" + commands());
            Process process = new ProcessBuilder("bash", script.toString())
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            assertThat(output).contains("\"generation\":1").contains("\"generation\":2");
        }
    }

    private static boolean runs(String command) {
        try {
            Process process = new ProcessBuilder(command.split(" "))
                    .redirectErrorStream(true)
                    .start();
            var unused = process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The indented lines between the marks. */
    private static String commands() throws IOException {
        Path guide = Path.of("docs/guide.md");
        for (Path up = Path.of("").toAbsolutePath(); up != null && !Files.exists(guide); up = up.getParent()) {
            guide = up.resolve("docs/guide.md");
        }
        String text = Files.readString(guide);
        StringBuilder commands = new StringBuilder();
        text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END))
                .lines()
                .filter(line -> line.startsWith("    "))
                .forEach(line -> commands.append(line.strip()).append('\n'));
        return commands.toString();
    }
}
