package io.strongroom.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.GapCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a queue's folder, under an agent that goes on. */
final class QueueMishapsTest {
    @TempDir
    private Path data;

    private final FakeAppliance appliance = new FakeAppliance();

    private void arrived(long lines) {
        assertThat(appliance.numbers)
                .isEqualTo(LongStream.range(0, lines).boxed().toList());
    }

    @Test
    void queueDirectoryFilled() throws Exception {
        // The system stops writing in the middle of a file, as a full disk does.
        Process writer = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f 256 && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:-UsePerfData",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        UntilFull.class.getName(),
                        data.toString())
                .redirectError(data.resolve("errors").toFile())
                .start();
        String told = new String(writer.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(writer.waitFor())
                .as(Files.readString(data.resolve("errors")))
                .isZero();
        long taken = Long.parseLong(told.strip());

        // There is room again.
        TestDisk disk = new TestDisk(data, TestDisk.LOGS);
        StreamQueue queue = disk.open();
        assertThat(queue.position(TestDisk.POSITION)).hasValue(Long.toString(taken));
        TestDisk.append(queue, taken, 10);
        appliance.drain(disk, queue);

        assertThat(taken).isGreaterThan(1_000);
        arrived(taken + 10);
        assertThat(appliance.epochs()).isEqualTo(1);
    }

    /** Appends until it cannot, tries again a few times, and prints how many lines were taken in. */
    static final class UntilFull {
        private UntilFull() {}

        public static void main(String[] arguments) throws IOException {
            StreamQueue queue = new TestDisk(Path.of(arguments[0]), TestDisk.LOGS).open();
            long taken = 0;
            for (int refused = 0; refused < 5 && taken < 1_000_000; ) {
                try {
                    TestDisk.append(queue, taken, 100);
                    taken += 100;
                } catch (IOException e) {
                    refused++;
                }
            }
            System.out.println(taken);
        }
    }

    @Test
    void queueDirectoryReadOnly() throws Exception {
        TestDisk disk = new TestDisk(data, TestDisk.LOGS);
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        queue.sync();
        queue.close();
        // Whoever runs as root is not held by permissions: no folder, no writing.
        Path lines = disk.folder().lines();
        Path aside = lines.resolveSibling("aside");
        Files.move(lines, aside);
        Files.writeString(lines, "not a folder");
        for (int i = 0; i < 3; i++) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> TestDisk.append(queue, 10, 10))
                    .isInstanceOf(IOException.class);
        }
        Files.delete(lines);
        Files.move(aside, lines);

        StreamQueue again = disk.open();
        TestDisk.append(again, 10, 10);
        appliance.drain(disk, again);
        arrived(20);
        assertThat(appliance.epochs()).isEqualTo(1);
    }

    @Test
    void queueDirectoryDeleted() throws Exception {
        TestDisk disk = new TestDisk(data, TestDisk.LOGS);
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        appliance.drain(disk, queue);
        TestDisk.append(queue, 10, 10);
        queue.sync();
        io.strongroom.agent.files.DurableFile.removeFolder(disk.folder().queue());
        queue.sync();
        TestDisk.append(queue, 20, 10);
        appliance.drain(disk, queue);

        assertThat(appliance.epochs()).isEqualTo(2);
        assertThat(appliance.gaps).extracting(gap -> gap.text("cause")).containsExactly(GapCause.QUEUE_LOST.wire());
        assertThat(appliance.numbers)
                .startsWith(LongStream.range(0, 10).boxed().toArray(Long[]::new))
                .endsWith(LongStream.range(20, 30).boxed().toArray(Long[]::new));
    }

    @Test
    void queueDirectoryRestoredFromAnHourAgo() throws Exception {
        TestDisk disk = new TestDisk(data, TestDisk.LOGS);
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        queue.sync();
        Path copy = data.resolve("an-hour-ago");
        TestDisk.copy(disk.folder().queue(), copy);
        appliance.drain(disk, queue);
        TestDisk.append(queue, 10, 10);
        appliance.drain(disk, queue);
        queue.close();
        io.strongroom.agent.files.DurableFile.removeFolder(disk.folder().queue());
        TestDisk.copy(copy, disk.folder().queue());

        StreamQueue restored = disk.open();
        assertThat(restored.position(TestDisk.POSITION))
                .as("the log file is read on from there")
                .hasValue("10");
        TestDisk.append(restored, 10, 20);
        appliance.drain(disk, restored);

        assertThat(appliance.epochs()).as("detected").isEqualTo(2);
        assertThat(appliance.gaps).extracting(gap -> gap.text("cause")).contains(GapCause.QUEUE_RESTORED.wire());
        assertThat(appliance.numbers).containsAll(List.of(0L, 10L, 19L, 29L));
    }

    @Test
    void tornSegments() throws Exception {
        TestDisk disk = new TestDisk(data, TestDisk.LOGS);
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        TestDisk.append(queue, 10, 10);
        queue.sync();
        queue.close();
        Path segment = disk.folder().segments().getLast().path();
        byte[] whole = Files.readAllBytes(segment);
        for (int cut = 1; cut < 60; cut += 7) {
            Files.write(segment, java.util.Arrays.copyOf(whole, whole.length - cut));
            StreamQueue torn = disk.open();
            // The second frame is torn, and its position with it: the collector reads those lines again.
            assertThat(torn.position(TestDisk.POSITION)).hasValue("10");
            torn.close();
            Files.write(segment, whole);
        }
        Files.write(segment, java.util.Arrays.copyOf(whole, whole.length - 3));
        StreamQueue torn = disk.open();
        TestDisk.append(torn, 10, 10);
        appliance.drain(disk, torn);
        arrived(20);
    }
}
