package io.strongroom.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.api.GapCause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed between any two steps, or with one file lost, a queue goes on without loss or says what is lost. */
final class QueueCrashTest {
    @TempDir
    private Path data;

    private final FakeAppliance appliance = new FakeAppliance();

    private TestDisk disk() {
        return new TestDisk(data, TestDisk.LOGS);
    }

    private void arrived(long lines) {
        assertThat(appliance.numbers)
                .isEqualTo(LongStream.range(0, lines).boxed().toList());
    }

    /** These files as they are now, to be put back: what came later had not reached the disk. */
    private static Map<Path, byte[]> asTheyAre(Path... files) throws IOException {
        Map<Path, byte[]> kept = new LinkedHashMap<>();
        for (Path file : files) {
            kept.put(file, Files.readAllBytes(file));
        }
        return kept;
    }

    private static void putBack(Map<Path, byte[]> kept) throws IOException {
        for (var file : kept.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }

    private static void assertGap(FakeAppliance appliance, GapCause cause, long first, long last) {
        assertThat(appliance.gaps).hasSize(1);
        assertThat(appliance.gaps.getFirst().text("cause")).isEqualTo(cause.wire());
        assertThat(appliance.gaps.getFirst().integer("first")).isEqualTo(first);
        assertThat(appliance.gaps.getFirst().integer("last")).isEqualTo(last);
    }

    @Test
    void killedBetweenABatchAndTheStateThatKnowsOfItItIsSentAsItWasCut() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        queue.sync();
        Map<Path, byte[]> before =
                asTheyAre(disk.folder().state(), disk.folder().mark());
        disk.pass();
        byte[] frame = queue.next().orElseThrow().frame();
        appliance.take(frame);
        queue.close();
        putBack(before);

        queue = disk.open();
        assertThat(queue.depth()).isEqualTo(10);
        TestDisk.append(queue, 10, 10);
        assertThat(queue.next().orElseThrow().frame()).isEqualTo(frame);
        appliance.drain(disk, queue);

        arrived(20);
        assertThat(appliance.epochs()).isEqualTo(1);
        assertThat(queue.depth()).isZero();
    }

    @Test
    void killedBetweenTheAcknowledgementAndTheEndOfTheBatchNothingComesTwice() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        disk.pass();
        CutBatch cut = queue.next().orElseThrow();
        appliance.take(cut.frame());
        Map<Path, byte[]> batch = asTheyAre(disk.folder().batch());
        queue.acknowledge(cut);
        queue.close();
        putBack(batch);

        queue = disk.open();
        assertThat(queue.depth()).isZero();
        TestDisk.append(queue, 10, 10);
        appliance.drain(disk, queue);

        arrived(20);
        assertThat(appliance.epochs()).isEqualTo(1);
        assertThat(appliance.gaps).isEmpty();
    }

    @Test
    void ofAStateThatIsLostTheMarkOutsideKnowsAsMuch() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        appliance.drain(disk, queue);
        TestDisk.append(queue, 10, 10);
        queue.close();
        Files.writeString(disk.folder().state(), "{");

        queue = disk.open();
        TestDisk.append(queue, 20, 10);
        appliance.drain(disk, queue);

        arrived(30);
        assertThat(appliance.epochs()).isEqualTo(1);
        assertThat(appliance.gaps).isEmpty();
    }

    @Test
    void aBatchThatIsLostIsSaidToBeAndTheLinesBehindItArrive() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        appliance.drain(disk, queue);
        TestDisk.append(queue, 10, 10);
        disk.pass();
        assertThat(queue.next()).isPresent();
        // So that the segment in which the batch's lines stand is not the newest any more.
        queue.append(List.of(long1MiB(20)), null, null);
        TestDisk.append(queue, 21, 10);
        queue.close();
        Files.delete(disk.folder().segments().getFirst().path());
        Files.delete(disk.folder().batch());

        queue = disk.open();
        appliance.drain(disk, queue);

        assertThat(appliance.gaps).isNotEmpty().allSatisfy(gap -> {
            assertThat(gap.text("cause")).isEqualTo(GapCause.DAMAGED.wire());
            assertThat(gap.integer("first")).isEqualTo(10);
        });
        assertThat(appliance.gaps.getFirst().integer("last")).isEqualTo(19);
        assertThat(appliance.epochs()).isEqualTo(2);
        assertThat(appliance.numbers).endsWith(29L, 30L).doesNotHaveDuplicates();
    }

    private static byte[] long1MiB(long number) {
        return ("{\"n\":" + number + ",\"pad\":\"" + "x".repeat(1 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aBatchThatIsDamagedIsSetAsideAndItsLinesComeAgainFromTheSegments() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        disk.pass();
        assertThat(queue.next()).isPresent();
        TestDisk.append(queue, 10, 10);
        queue.close();
        byte[] frame = Files.readAllBytes(disk.folder().batch());
        frame[frame.length / 2] ^= 1;
        Files.write(disk.folder().batch(), frame);

        queue = disk.open();
        appliance.drain(disk, queue);

        arrived(20);
        assertThat(appliance.gaps).extracting(gap -> gap.text("cause")).containsExactly(GapCause.DAMAGED.wire());
        assertThat(data.resolve("damaged")).isNotEmptyDirectory();
    }

    @Test
    void aBatchOfAnotherLifeOfTheQueueTakesNoLineOfThisOneAway() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        disk.pass();
        assertThat(queue.next()).isPresent();
        Map<Path, byte[]> batch = asTheyAre(disk.folder().batch());
        appliance.drain(disk, queue);
        queue.rotate();
        TestDisk.append(queue, 10, 10);
        String epoch = queue.epoch();
        queue.close();
        putBack(batch);

        queue = disk.open();
        assertThat(queue.epoch()).isNotEqualTo(epoch);
        appliance.drain(disk, queue);
        assertThat(appliance.numbers)
                .as("its lines may come twice, and those of this life come all")
                .containsAll(LongStream.range(0, 20).boxed().toList())
                .endsWith(19L);
    }

    @Test
    void killedBeforeWhatWasGivenUpIsRemovedTheLinesAreThereAndTheNoticeIsNotBelieved() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        queue.append(List.of(long1MiB(10)), null, null);
        TestDisk.append(queue, 11, 10);
        queue.sync();
        Path oldest = disk.folder().segments().getFirst().path();
        Map<Path, byte[]> before = asTheyAre(oldest);
        assertThat(queue.evict(GapCause.EVICTED)).isTrue();
        queue.close();
        assertThat(oldest).doesNotExist();
        putBack(before);

        queue = disk.open();
        assertThat(queue.depth()).isEqualTo(21);
        appliance.drain(disk, queue);
        arrived(21);
        assertThat(appliance.gaps).isEmpty();
        assertThat(appliance.epochs()).isEqualTo(1);
    }

    @Test
    void killedBeforeWhatWasThinnedIsRemovedAllItsLinesAreThere() throws IOException {
        TestDisk disk = new TestDisk(data, TestDisk.HEALTH);
        StreamQueue queue = disk.open();
        for (int i = 0; i < 20; i++) {
            TestDisk.append(queue, 100L * i, 100);
        }
        queue.sync();
        Path oldest = disk.folder().segments().getFirst().path();
        Map<Path, byte[]> before = asTheyAre(oldest);
        assertThat(queue.thin()).isTrue();
        queue.close();
        assertThat(oldest).doesNotExist();
        putBack(before);

        queue = disk.open();
        assertThat(queue.depth()).isEqualTo(2_000);
        appliance.drain(disk, queue);
        arrived(2_000);
        assertThat(appliance.gaps).isEmpty();
    }

    @Test
    void aDamagedEndIsToldThoughNobodyKnowsHowManyLinesItHad() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        TestDisk.append(queue, 10, 10);
        queue.close();
        Path segment = disk.folder().segments().getLast().path();
        byte[] bytes = Files.readAllBytes(segment);
        byte[] noise = new byte[100];
        Arrays.fill(noise, (byte) 'x');
        int end = bytes.length - Frame.lines(10, List.of(), null, null).toBytes().length - 60;
        System.arraycopy(noise, 0, bytes, end, 60);
        Files.write(segment, bytes);
        Files.write(segment, noise, java.nio.file.StandardOpenOption.APPEND);

        for (int start = 0; start < 3; start++) {
            queue = disk.open();
            queue.close();
        }
        try (var aside = Files.list(data.resolve("damaged"))) {
            assertThat(aside).as("mended once").hasSize(1);
        }
        queue = disk.open();
        TestDisk.append(queue, 20, 10);
        appliance.drain(disk, queue);
        assertGap(appliance, GapCause.DAMAGED, 10, 9);
        assertThat(appliance.numbers).startsWith(0L).contains(9L, 20L).endsWith(29L);
        assertThat(appliance.epochs()).isEqualTo(1);
    }

    @Test
    void aQueueThatIsDeletedBeforeItsNextLineIsNoticedByThatLine() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        queue.close();
        queue = disk.open();
        DurableFile.removeFolder(disk.folder().queue());
        TestDisk.append(queue, 10, 10);
        appliance.drain(disk, queue);
        assertGap(appliance, GapCause.QUEUE_LOST, 0, 9);
        assertThat(appliance.numbers).startsWith(10L).endsWith(19L);
    }

    @Test
    void aSegmentGoesWhenItsLastLineIsInABatchAndNotBefore() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, StreamQueue.BATCH_LINES);
        queue.append(List.of(long1MiB(500)), null, null);
        TestDisk.append(queue, 501, 1);
        assertThat(disk.folder().segments()).hasSize(2);
        CutBatch cut = queue.next().orElseThrow();
        assertThat(cut.last()).isEqualTo(499);
        assertThat(disk.folder().segments()).hasSize(2);
        appliance.drain(disk, queue);
        arrived(502);
        assertThat(disk.folder().segments()).hasSize(1);
    }

    @Test
    void howFarACollectorCameIsKnownWhenTheSegmentInWhichItSaidSoIsGone() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        queue.append(List.of(TestDisk.line(0)), "quiet", "17");
        for (int i = 1; i < 4; i++) {
            queue.append(List.of(long1MiB(i)), null, null);
        }
        appliance.drain(disk, queue);
        assertThat(disk.folder().segments()).hasSize(1);
        queue.close();

        queue = disk.open();
        assertThat(queue.position("quiet")).hasValue("17");
        arrived(4);
    }

    @Test
    void aBatchIsCutAtAQuarterOfAMebibyteToo() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        byte[] line = ("{\"n\":0,\"pad\":\"" + "x".repeat(100_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        queue.append(List.of(line, line), null, null);
        assertThat(queue.next()).isEmpty();
        queue.append(List.of(line), null, null);
        queue.append(List.of(line), null, null);
        assertThat(queue.next().orElseThrow().lines()).isEqualTo(2);
    }
}
