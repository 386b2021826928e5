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
    private static final String FAILED = "committing 1 records failed";

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
    void aRecordWaitsForRoomAndNothingAcknowledgedIsLost() throws Exception {
        resize(SMALL);
        Map<Integer, String> acknowledged = new LinkedHashMap<>();
        RecordSender sender;
        try (StrongroomProcess process = start()) {
            sender = new RecordSender(process.awaitReady(data()), HttpClient.Version.HTTP_1_1);
            CompletableFuture<HttpResponse<String>> answer = send(sender, 0);
            while (!process.errors().contains(FAILED)) {
                if (answer.isDone()) {
                    take(acknowledged, answer);
                    answer = send(sender, acknowledged.size());
                }
            }
            assertThat(acknowledged).hasSizeGreaterThan(20);
            assertThat(answer).as("not acknowledged while it cannot be stored").isNotDone();

            resize(LARGE);
            answer.join();
            take(acknowledged, answer);
            process.terminate();
            assertThat(process.awaitEnd()).as(process.errors()).isEqualTo(StrongroomProcess.TERMINATED);
        }

        try (StrongroomProcess process = start()) {
            RecordSender after = sender.at(StrongroomProcess.url(process.awaitReady(data())));
            acknowledged.forEach((number, body) -> {
                HttpResponse<String> again = send(after, number).join();
                assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
                assertThat(again.body()).isEqualTo(body);
            });
            HttpResponse<String> next = send(after, acknowledged.size()).join();
            assertThat(next.statusCode()).as(next.body()).isEqualTo(201);
        }
    }

    private static void take(Map<Integer, String> acknowledged, CompletableFuture<HttpResponse<String>> answer) {
        HttpResponse<String> taken = answer.join();
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
        acknowledged.put(acknowledged.size(), taken.body());
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
