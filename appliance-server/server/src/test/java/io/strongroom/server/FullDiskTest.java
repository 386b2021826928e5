package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk runs full under a real program. Needs the right to mount a small file system, and is skipped without it.
 */
class FullDiskTest {
    private static final int DOCUMENT_BYTES = 40_000;
    private static final int SMALL = 24;
    private static final int LARGE = 240;

    @TempDir
    Path folder;

    private Path disk;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "strongroom-test", disk.toString()),
                "no right to mount a file system");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", disk.toString());
    }

    private void resize(int megabytes) throws IOException, InterruptedException {
        assertThat(run("mount", "-o", "remount,size=" + megabytes + "m", disk.toString()))
                .isTrue();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    @Test
    void theProcessEndsForItsSupervisorToStartItAgainAndNothingAcknowledgedIsLost() throws Exception {
        resize(SMALL);
        Map<Integer, String> acknowledged = new LinkedHashMap<>();
        RecordSender sender;
        try (StrongroomProcess process = start()) {
            sender = new RecordSender(process.awaitReady(data()), HttpClient.Version.HTTP_1_1);
            while (process.isAlive()) {
                try {
                    HttpResponse<String> answer =
                            send(sender, acknowledged.size()).join();
                    if (answer.statusCode() == 201) {
                        acknowledged.put(acknowledged.size(), answer.body());
                    }
                } catch (CompletionException cutOff) {
                    assertThat(process.awaitEnd()).as(process.errors()).isEqualTo(StrongroomProcess.CUT_SHORT);
                }
            }
            assertThat(process.errors()).contains("H2 has closed its file, as after a write to a full disk");
            assertThat(acknowledged).hasSizeGreaterThan(20);
        }

        resize(LARGE);
        // What a process leaves behind that was not there to take it away.
        Files.delete(data().resolve("run/ready.json"));
        try (StrongroomProcess process = start()) {
            RecordSender after = sender.at(StrongroomProcess.url(process.awaitReady(data())));
            acknowledged.forEach((number, body) -> {
                HttpResponse<String> again = send(after, number).join();
                assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
                assertThat(again.body()).isEqualTo(body);
            });
            // Whether the one whose answer was cut off was stored is not known; afterwards it is, once.
            HttpResponse<String> next = send(after, acknowledged.size()).join();
            assertThat(next.statusCode()).as(next.body()).isIn(200, 201);
        }
    }

    private static CompletableFuture<HttpResponse<String>> send(RecordSender sender, int number) {
        return sender.append(number, attributes(number));
    }

    private Path data() {
        return disk.resolve("data");
    }

    private StrongroomProcess start() throws IOException {
        return StrongroomProcess.run(
                folder, Map.of(), "--data", data().toString(), "--port", "0", "--tenant", ApplianceFixture.TENANT);
    }

    /** Nothing that compresses. */
    private static String attributes(int number) {
        byte[] bytes = new byte[DOCUMENT_BYTES];
        new Random(number).nextBytes(bytes);
        return "{\"blob\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}";
    }
}
