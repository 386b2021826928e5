package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program's exit codes, and what it prints. */
class StrongroomProcessTest {
    @TempDir
    Path folder;

    @Test
    void itTellsThatItIsReadyAndStopsCleanlyOnSigterm() throws Exception {
        Path data = folder.resolve("data");
        Path log = folder.resolve("log/server.log");
        try (StrongroomProcess process =
                run("--data", data.toString(), "--port", "0", "--tenant", "acme", "--set", "log.file=" + log)) {
            Json.Obj notice = process.awaitReady(data);
            assertThat(notice.integer("pid")).isEqualTo(process.pid());
            await().atMost(StrongroomProcess.PATIENCE)
                    .until(() -> process.output().contains(notice.text("setupCode")));
            assertThat(process.output()).contains(notice.text("url")).contains(notice.text("fingerprint"));
            assertThat(process.errors()).doesNotContain(notice.text("setupCode"));

            process.terminate();
            assertThat(process.awaitEnd()).isEqualTo(StrongroomProcess.TERMINATED);
            assertThat(data.resolve("run/ready.json")).doesNotExist();
            assertThat(process.errors().lines().filter(line -> !line.startsWith("WARNING: ")))
                    .as("what is logged is in the file")
                    .isEmpty();
            assertThat(Files.readAllLines(log)).isNotEmpty().allSatisfy(line -> assertThat(line)
                    .startsWith("{")
                    .doesNotContain("Exception", notice.text("setupCode")));
        }
    }

    @Test
    void aRefusalIsOneSentenceAndAnExitCodeOfItsOwn() throws Exception {
        assertRefusal(2, "“--prot” is not known", "--data", folder.toString(), "--prot", "1");
        assertRefusal(2, "Did you mean “server.port”", "--data", folder.toString(), "--set", "server.prot=1");
        assertRefusal(2, "log.file", "--data", folder.toString(), "--set", "log.file=" + folder.resolve("50%.log"));
        Path old = Files.createDirectory(folder.resolve("old"));
        Files.writeString(old.resolve("VERSION"), "strongroom data 0\n");
        assertRefusal(10, "has version 0, and this program needs version 1", "--data", old.toString());
    }

    private void assertRefusal(int exitCode, String sentence, String... arguments) throws Exception {
        try (StrongroomProcess process = run(arguments)) {
            assertThat(process.awaitEnd()).as(process.errors()).isEqualTo(exitCode);
            assertThat(process.errors().lines().filter(line -> !line.startsWith("WARNING: ")))
                    .singleElement()
                    .satisfies(
                            line -> assertThat(line).startsWith("strongroom: ").contains(sentence));
        }
    }

    private StrongroomProcess run(String... arguments) throws Exception {
        return StrongroomProcess.run(folder, Map.of(), arguments);
    }
}
