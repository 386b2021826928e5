package io.strongroom.agent.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.agent.queue.AgentQueue;
import io.strongroom.agent.queue.CutBatch;
import io.strongroom.agent.queue.FakeAppliance;
import io.strongroom.agent.queue.QueueLimits;
import io.strongroom.agent.queue.StreamQueue;
import io.strongroom.agent.queue.TestDisk;
import io.strongroom.api.BatchAck;
import io.strongroom.evidence.StreamName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day without the appliance, in simulated time, and what follows. By itself a small one; at full size with {@code
 * -Dstrongroom.offline-day.lines-per-minute=600}, which prints its figures (docs/figures.md).
 */
final class OfflineDayTest {
    private static final int LINES_PER_MINUTE = Integer.getInteger("strongroom.offline-day.lines-per-minute", 30);
    private static final int MINUTES = 24 * 60;
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final String TEXT = "x".repeat(180);

    /** What grows with the backlog would be a hundred times that. */
    private static final long FLAT_BYTES = 4L << 20;

    @TempDir
    private Path data;

    private final Random random = new Random(24);
    private final Map<String, FakeAppliance> appliances = new TreeMap<>();
    private long nanos;
    private boolean offline;

    private Reply send(CutBatch batch) {
        if (offline) {
            return new Reply.Unanswered("offline");
        }
        String stream = batch.stream().value();
        FakeAppliance appliance = appliances.computeIfAbsent(stream, each -> new FakeAppliance());
        assertThat(appliance.take(batch.frame())).isIn(FakeAppliance.Answer.TAKEN, FakeAppliance.Answer.AGAIN);
        return random.nextInt(10) == 0
                ? new Reply.Unanswered("the answer was lost")
                : new Reply.Acknowledged(new BatchAck(
                        stream, batch.epoch(), batch.last(), List.of(), 8, "2026-11-21T01:02:03.004Z", "note"));
    }

    /** A stream with its sender, and when that is to be called again. */
    private final class Line {
        final StreamQueue queue;
        final StreamSender sender;
        final int perMinute;
        long appended;
        long due;

        Line(AgentQueue all, String stream, int perMinute) throws IOException {
            this.queue = all.stream(new StreamName(stream));
            this.perMinute = perMinute;
            this.sender = new StreamSender(
                    queue,
                    OfflineDayTest.this::send,
                    new Window(),
                    new Standing(),
                    Backoff.DEFAULT,
                    InstantSource.system(),
                    random);
        }

        void minute() throws IOException, InterruptedException {
            List<byte[]> lines = LongStream.range(appended, appended + perMinute)
                    .mapToObj(n -> ("{\"n\":" + n + ",\"text\":\"" + TEXT + "\"}").getBytes(UTF_8))
                    .toList();
            queue.append(lines, TestDisk.POSITION, Long.toString(appended + perMinute));
            appended += perMinute;
            step();
        }

        void step() throws InterruptedException {
            while (due <= nanos) {
                due = nanos + Math.max(1, sender.step().toNanos());
            }
        }
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void aDayOfflineThenReconnectLosesNothingDoublesNothingKeepsTheOrderAndItsMemoryIsFlat() throws Exception {
        QueueLimits limits = new QueueLimits(1L << 30, Duration.ofDays(30).toMillis(), 0);
        try (AgentQueue all = new AgentQueue(
                data, limits, TestDisk::notice, TestDisk.sealing(), InstantSource.fixed(Instant.EPOCH), () -> nanos)) {
            List<Line> lines = new ArrayList<>(List.of(
                    new Line(all, "audit.logs", LINES_PER_MINUTE),
                    new Line(all, "telemetry.health", 1),
                    new Line(all, "inventory.software", 1)));
            offline = true;
            lines.getFirst().minute();
            long before = usedHeap();
            for (int minute = 1; minute < MINUTES; minute++) {
                nanos += MINUTE_NANOS;
                for (Line line : lines) {
                    line.minute();
                }
            }
            long backlog = all.diskBytes();
            long grown = usedHeap() - before;
            assertThat(grown).isLessThan(FLAT_BYTES);

            offline = false;
            long began = System.nanoTime();
            while (all.depth() > 0) {
                nanos += Duration.ofSeconds(1).toNanos();
                for (Line line : lines) {
                    line.step();
                }
            }
            long tookMillis = (System.nanoTime() - began) / 1_000_000;
            for (Line line : lines) {
                FakeAppliance appliance =
                        requireNonNull(appliances.get(line.queue.stream().value()));
                assertThat(appliance.numbers)
                        .isEqualTo(LongStream.range(0, line.appended).boxed().toList());
                assertThat(appliance.epochs()).isEqualTo(1);
                assertThat(appliance.gaps).isEmpty();
            }
            System.out.printf(
                    "a day offline: %,d lines, %,d bytes on disk, %,d bytes of heap more, sent in %,d ms%n",
                    lines.stream().mapToLong(line -> line.appended).sum(), backlog, grown, tookMillis);
        }
    }
}
