package io.strongroom.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strongroom.evidence.StreamName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgentQueueTest {
    private static final long DAY = Duration.ofDays(1).toMillis();

    @TempDir
    private Path data;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final InstantSource clock = now::get;

    private AgentQueue queue(long mostBytes) {
        return queue(mostBytes, 0);
    }

    private AgentQueue queue(long mostBytes, long leastFree) {
        return new AgentQueue(
                data, new QueueLimits(mostBytes, DAY, leastFree), TestDisk::notice, TestDisk.sealing(), clock, () -> 0);
    }

    private static void fill(StreamQueue stream, int kilobytes) throws IOException {
        byte[] line = new byte[1000];
        java.util.Arrays.fill(line, (byte) 'x');
        for (int i = 0; i < kilobytes / 8; i++) {
            stream.append(List.of(line, line, line, line, line, line, line, line), "k", "p" + i);
        }
    }

    @Test
    void roomIsMadeByThinningTelemetryThenByGivingItUpAndAuditGoesLast() throws IOException {
        try (AgentQueue queue = queue(3_000_000)) {
            StreamQueue audit = queue.stream(new StreamName("audit.logs"));
            StreamQueue health = queue.stream(new StreamName("telemetry.health"));
            StreamQueue inventory = queue.stream(new StreamName("inventory.software"));
            fill(audit, 1_600);
            fill(inventory, 800);
            fill(health, 1_600);
            long before = health.depth();

            queue.makeRoom();
            assertThat(health.depth()).isBetween(2L, before * 2 / 3);
            assertThat(queue.diskBytes()).isLessThan(3_000_000);
            assertThat(audit.depth()).isEqualTo(1_600);
            assertThat(inventory.depth()).isEqualTo(800);

            fill(audit, 1_200);
            queue.makeRoom();
            assertThat(health.depth()).isEqualTo(1);
            assertThat(audit.depth()).isEqualTo(2_800);
            assertThat(queue.diskBytes()).isLessThan(3_000_000);

            fill(audit, 1_600);
            queue.makeRoom();
            assertThat(inventory.depth()).isEqualTo(1);
            assertThat(audit.depth()).isLessThan(4_400).isGreaterThan(1_500);
            assertThat(queue.diskBytes()).isLessThan(3_000_000);
            assertThat(queue.problem()).isEmpty();
        }
    }

    @Test
    void whatIsOlderThanItMayGetGoesAndTheRestStays() throws IOException {
        try (AgentQueue queue = queue(100_000_000)) {
            StreamQueue audit = queue.stream(new StreamName("audit.logs"));
            fill(audit, 80);
            queue.makeRoom();
            assertThat(audit.depth()).isEqualTo(80);
            now.updateAndGet(instant -> instant.plus(Duration.ofDays(2)));
            queue.makeRoom();
            assertThat(audit.depth()).isEqualTo(1);
        }
    }

    /** As where a volume is mounted on the folder: what is free beside it is no help to what cannot be written there. */
    @Test
    void roomIsMadeWhereTheQueueStandsOnAFullerDiskThanTheAgentsFolder() throws IOException {
        Path other = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(other), "no other disk");
        Path volume = Files.createTempDirectory(other, "queue");
        try {
            long free = Files.getFileStore(volume).getUsableSpace();
            long least = free + (1L << 30);
            assumeTrue(Files.getFileStore(data).getUsableSpace() > least + (1L << 30), "the other disk has more room");
            Files.createSymbolicLink(data.resolve("queue"), volume);
            try (AgentQueue queue = queue(100_000_000, least)) {
                StreamQueue audit = queue.stream(new StreamName("audit.logs"));
                fill(audit, 80);
                queue.makeRoom();
                assertThat(audit.depth()).isEqualTo(1);
            }
        } finally {
            try (var all = Files.walk(volume)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    @Test
    void allStreamsAreOpenedAtTheStart() throws IOException {
        try (AgentQueue queue = queue(100_000_000)) {
            fill(queue.stream(new StreamName("audit.logs")), 8);
            fill(queue.stream(new StreamName("telemetry.health")), 16);
        }
        try (AgentQueue queue = queue(100_000_000).start()) {
            assertThat(queue.streams()).hasSize(2);
            assertThat(queue.depth()).isEqualTo(24);
        }
    }
}
