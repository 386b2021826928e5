package io.strongroom.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a small shell script in the server's place. */
final class ServerProcessTest {
    @TempDir
    private Path folder;

    private ServerProcess start(String script) {
        return ServerProcess.start(List.of("sh", "-c", script), folder.resolve("server.log"));
    }

    private String notice(String pid) {
        return "mkdir -p " + folder
                + "/run; echo '{\"url\":\"https://127.0.0.1:1\",\"devices\":\"https://127.0.0.1:2\",\"fingerprint\":\"sha256:00\","
                + "\"setupCode\":\"c\",\"trustFile\":\"trust\",\"pid\":'" + pid + "'}' > " + folder + "/run/n; mv "
                + folder
                + "/run/n " + folder + "/run/ready.json; ";
    }

    @Test
    void isReadyOnceItsNoticeIsThereAndGoneOnceItIsClosed() {
        ServerProcess server = start(notice("$$") + "exec sleep 600");
        try (server) {
            ReadyNotice ready = server.awaitReady(folder, Duration.ofMinutes(1));

            assertThat(ready.pid()).isEqualTo(server.pid());
            assertThat(ready.trustFile()).isEqualTo(folder.resolve("trust"));
        }
        assertThat(ProcessHandle.of(server.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aNoticeOfAnEarlierServerIsNotTakenForItsOwn() {
        try (ServerProcess server = start(notice("1") + "exec sleep 600")) {
            assertThatThrownBy(() -> server.awaitReady(folder, Duration.ofMillis(300)))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("not ready");
        }
    }

    @Test
    void tellsTheLastWordsOfAServerThatEndedTooSoon() {
        try (ServerProcess server = start("echo the code is c0de; echo The data directory is in use >&2; exit 3")) {
            assertThatThrownBy(() -> server.awaitReady(folder, Duration.ofMinutes(1)))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("code 3")
                    .hasMessageContaining("The data directory is in use")
                    .hasMessageNotContaining("c0de")
                    .satisfies(e -> assertThat(((LaunchException) e).exitCode()).isEqualTo(3));
        }
    }

    @Test
    void tellsNothingOfWhatAnEarlierServerSaidAndKeepsIt() throws IOException {
        Files.writeString(folder.resolve("server.log"), "said before\n");
        try (ServerProcess server = start("echo said now >&2; exit 3")) {
            assertThatThrownBy(() -> server.awaitReady(folder, Duration.ofMinutes(1)))
                    .hasMessageContaining("said now")
                    .hasMessageNotContaining("said before");
        }
        assertThat(folder.resolve("server.log")).hasContent("said before\nsaid now\n");
    }

    @Test
    void aNoticeThatCannotBeReadIsSaidSo() throws IOException {
        Files.createDirectories(folder.resolve("run"));
        Files.write(ReadyNotice.in(folder), "{\"url\":7}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> ReadyNotice.read(folder))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("ready.json");
    }
}
