package io.strongroom.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way back for whoever has the host, and no administrator's token. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SetupCodeTest {
    @TempDir
    private Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private ServerProcess start() {
        return ServerProcess.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "io.strongroom.server.Strongroom",
                        "--data",
                        data().toString(),
                        "--port",
                        "0",
                        "--set",
                        "devices.port=0"),
                folder.resolve("server.log"));
    }

    private Desk.Ran run(String... arguments) {
        return new Desk("root", folder.resolve("home")).run(List.of(), arguments);
    }

    private Desk.Ran makesToken() {
        return run("token", "--data", data().toString(), "--name", "s", "--source", "s");
    }

    @Test
    void theNextStartGivesASetupCodeAndItsAdministratorTakesThePlaceOfTheOneBefore() throws IOException {
        assertThat(run("setup-code", "--data", data().toString()).err()).contains("no appliance was ever started");
        Path kept = data().resolve("admin-token");
        String lost;
        try (ServerProcess server = start()) {
            server.awaitReady(data(), Duration.ofMinutes(2));
            makesToken().good();
            lost = Files.readString(kept).strip();
            Files.delete(kept);
            assertThat(makesToken().err()).contains("strongroom setup-code");
            run("setup-code", "--data", data().toString()).good();
        }
        try (ServerProcess server = start()) {
            ReadyNotice notice = server.awaitReady(data(), Duration.ofMinutes(2));
            assertThat(notice.setupCode()).isNotNull();
            makesToken().good();
            assertThat(Files.readString(kept).strip()).isNotEqualTo(lost);
            makesToken().good();
            Files.writeString(kept, lost);
            assertThat(makesToken().exit()).as("the lost one counts no more").isNotZero();
        }
        try (ServerProcess server = start()) {
            assertThat(server.awaitReady(data(), Duration.ofMinutes(2)).setupCode())
                    .as("once asked, one code")
                    .isNull();
        }
    }
}
