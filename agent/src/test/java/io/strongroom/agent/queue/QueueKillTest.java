package io.strongroom.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that appends, cuts and acknowledges is killed by kill -9, again and again, wherever it is. */
final class QueueKillTest {
    private static final int KILLS = 8;

    @TempDir
    private Path data;

    @Test
    void everySequenceIsThereOnceHoweverOftenTheProcessIsKilled() throws Exception {
        Random random = new Random(4711);
        Path sent = Files.createDirectory(data.resolve("at-the-appliance"));
        for (int kill = 0; kill < KILLS; kill++) {
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Writer.class.getName(),
                            data.toString())
                    .redirectError(data.resolve("errors").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.PIPE)
                    .start();
            assertThat(writer.getInputStream().read())
                    .as(Files.readString(data.resolve("errors")))
                    .isEqualTo('r');
            boolean ended = writer.waitFor(20 + random.nextInt(400), TimeUnit.MILLISECONDS);
            assertThat(ended).as(Files.readString(data.resolve("errors"))).isFalse();
            writer.destroyForcibly().waitFor();
        }

        TestDisk disk = new TestDisk(data, TestDisk.LOGS);
        FakeAppliance appliance = new FakeAppliance();
        try (var batches = Files.list(sent)) {
            for (Path batch : batches.sorted().toList()) {
                assertThat(appliance.take(Files.readAllBytes(batch)))
                        .isIn(FakeAppliance.Answer.TAKEN, FakeAppliance.Answer.AGAIN);
            }
        }
        StreamQueue queue = disk.open();
        long written = Long.parseLong(queue.position(TestDisk.POSITION).orElse("0"));
        appliance.drain(disk, queue);

        assertThat(written).isPositive();
        assertThat(appliance.numbers)
                .isEqualTo(LongStream.range(0, written).boxed().toList());
        assertThat(appliance.epochs()).isEqualTo(1);
    }

    /** What is killed. An acknowledged batch is kept as a file, so that what came between is seen. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            Path data = Path.of(arguments[0]);
            TestDisk disk = new TestDisk(data, TestDisk.LOGS);
            StreamQueue queue = disk.open();
            Random random = new Random();
            System.out.print("r");
            System.out.flush();
            while (true) {
                long from = Long.parseLong(queue.position(TestDisk.POSITION).orElse("0"));
                TestDisk.append(queue, from, 1 + random.nextInt(150));
                if (random.nextInt(3) == 0) {
                    disk.pass();
                    CutBatch batch = queue.next().orElseThrow();
                    Path file = data.resolve("at-the-appliance").resolve(String.format("%019d", batch.first()));
                    List<byte[]> frames = Files.exists(file) ? List.of(Files.readAllBytes(file)) : List.of();
                    if (!frames.isEmpty() && !java.util.Arrays.equals(frames.getFirst(), batch.frame())) {
                        throw new AssertionError("a batch changed after it was sent");
                    }
                    Path next = data.resolve("next");
                    Files.write(next, batch.frame());
                    Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                    queue.acknowledge(batch);
                }
            }
        }
    }
}
