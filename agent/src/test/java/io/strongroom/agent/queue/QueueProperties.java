package io.strongroom.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.agent.files.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** The queue starts whatever is on disk, and what it sends afterwards is in order, once, or said to be lost. */
class QueueProperties {
    private static final int STEPS = 40;

    /** A collector with a file to read: it goes on from the position, so what was torn off is read again. */
    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void nothingIsLostOrDoubledHoweverOftenTheProcessDiesAndWhateverOfTheTailIsTorn(@ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        Path data = Files.createTempDirectory("queue");
        try {
            TestDisk disk = new TestDisk(data, TestDisk.LOGS);
            FakeAppliance appliance = new FakeAppliance();
            StreamQueue queue = disk.open();
            long written = 0;
            for (int step = 0; step < STEPS; step++) {
                long from = Long.parseLong(queue.position(TestDisk.POSITION).orElse("0"));
                switch (random.nextInt(6)) {
                    case 0, 1, 2 -> {
                        int count = 1 + random.nextInt(200);
                        TestDisk.append(queue, from, count);
                        written = Math.max(written, from + count);
                    }
                    case 3 -> appliance.drain(disk, queue);
                    case 4 -> {
                        // Sent, and killed before the answer.
                        disk.pass();
                        queue.next().ifPresent(batch -> {
                            FakeAppliance.Answer unused = appliance.take(batch.frame());
                        });
                        queue.close();
                        queue = disk.open();
                    }
                    default -> {
                        queue.sync();
                        Path segment = newest(disk);
                        long synced = Files.exists(segment) ? Files.size(segment) : 0;
                        int count = 1 + random.nextInt(50);
                        TestDisk.append(queue, from, count);
                        written = Math.max(written, from + count);
                        queue.close();
                        if (newest(disk).equals(segment)) {
                            tear(segment, (int) synced, random);
                        }
                        queue = disk.open();
                    }
                }
            }
            long from = Long.parseLong(queue.position(TestDisk.POSITION).orElse("0"));
            if (from < written) {
                TestDisk.append(queue, from, (int) (written - from));
            }
            appliance.drain(disk, queue);

            assertThat(appliance.numbers)
                    .isEqualTo(java.util.stream.LongStream.range(0, written)
                            .boxed()
                            .toList());
            assertThat(appliance.epochs()).isLessThanOrEqualTo(1);
        } finally {
            DurableFile.removeFolder(data);
        }
    }

    private static Path newest(TestDisk disk) throws IOException {
        List<Segment> segments = disk.folder().segments();
        return segments.isEmpty()
                ? disk.data.resolve("none")
                : segments.getLast().path();
    }

    /** As a power cut does: of what was not synced the end is gone, or zeros. */
    private static void tear(Path segment, int synced, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(segment);
        byte[] torn = java.util.Arrays.copyOf(bytes, synced + random.nextInt(bytes.length - synced + 1));
        Files.write(segment, random.nextBoolean() ? torn : java.util.Arrays.copyOf(torn, bytes.length));
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void itStartsWhateverIsOnDiskAndGoesOnInOrder(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Path data = Files.createTempDirectory("queue");
        try {
            TestDisk disk = new TestDisk(data, TestDisk.LOGS);
            FakeAppliance appliance = new FakeAppliance();
            StreamQueue queue = disk.open();
            long next = 0;
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < 5; i++) {
                    TestDisk.append(queue, next, 20);
                    next += 20;
                }
                if (random.nextBoolean()) {
                    disk.pass();
                    queue.next().ifPresent(batch -> {
                        FakeAppliance.Answer unused = appliance.take(batch.frame());
                    });
                }
                queue.close();
                garble(data, random);
                queue = disk.open();
            }
            TestDisk.append(queue, next, 20);
            appliance.drain(disk, queue);

            assertThat(appliance.numbers).endsWith(next + 19);
            assertThat(queue.depth()).isZero();
            if (appliance.epochs() <= 1) {
                assertThat(new HashSet<>(appliance.numbers)).hasSameSizeAs(appliance.numbers);
                assertThat(appliance.numbers).isSorted();
            }
        } finally {
            DurableFile.removeFolder(data);
        }
    }

    /** Changes, cuts or removes any file there is. */
    private static void garble(Path data, Random random) throws IOException {
        List<Path> files;
        try (var all = Files.walk(data)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            Path file = files.get(random.nextInt(files.size()));
            if (!Files.exists(file)) {
                continue;
            }
            byte[] bytes = Files.readAllBytes(file);
            switch (random.nextInt(4)) {
                case 0 -> Files.delete(file);
                case 1 -> Files.write(file, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
                case 2 -> {
                    byte[] noise = new byte[random.nextInt(300)];
                    random.nextBytes(noise);
                    Files.write(file, noise, java.nio.file.StandardOpenOption.APPEND);
                }
                default -> {
                    for (int k = 0; bytes.length > 0 && k < 1 + random.nextInt(20); k++) {
                        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                    }
                    Files.write(file, bytes);
                }
            }
        }
    }
}
