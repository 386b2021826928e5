package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as an operator runs it: a process of its own, with its exit codes and what it prints. */
class StrongroomProcessTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    @Test
    void itTellsThatItIsReadyAndStopsCleanlyOnSigterm() throws Exception {
        Path data = folder.resolve("data");
        Process process = run("--data", data.toString(), "--port", "0", "--tenant", "acme");
        try {
            Path ready = data.resolve("run/ready.json");
            await().atMost(PATIENCE).until(() -> Files.exists(ready) || !process.isAlive());
            assertThat(process.isAlive()).as(errors()).isTrue();
            Json.Obj notice = Json.parseObject(Files.readAllBytes(ready));
            assertThat(notice.integer("pid")).isEqualTo(process.pid());
            await().atMost(PATIENCE).until(() -> output().contains(notice.text("setupCode")));
            assertThat(output()).contains(notice.text("url")).contains(notice.text("fingerprint"));
            assertThat(errors()).doesNotContain(notice.text("setupCode"));

            process.destroy();
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(TERMINATED);
            assertThat(ready).doesNotExist();
            assertThat(errors()).doesNotContain("Exception");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aRefusalIsOneSentenceAndAnExitCodeOfItsOwn() throws Exception {
        assertRefusal(2, "“--prot” is not known", "--data", folder.toString(), "--prot", "1");
        assertRefusal(2, "Did you mean “server.port”", "--data", folder.toString(), "--set", "server.prot=1");
        Path old = Files.createDirectory(folder.resolve("old"));
        Files.writeString(old.resolve("VERSION"), "strongroom data 0\n");
        assertRefusal(10, "has version 0, and this program needs version 1", "--data", old.toString());
    }

    private void assertRefusal(int exitCode, String sentence, String... arguments) throws Exception {
        Process process = run(arguments);
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(errors()).isEqualTo(exitCode);
            assertThat(errors().lines().filter(line -> !line.startsWith("WARNING: ")))
                    .singleElement()
                    .satisfies(
                            line -> assertThat(line).startsWith("strongroom: ").contains(sentence));
        } finally {
            process.destroyForcibly();
        }
    }

    private Process run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.strongroom.server.Strongroom"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("out.txt"));
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("err.txt"));
    }
}
