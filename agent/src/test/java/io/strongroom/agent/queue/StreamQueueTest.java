package io.strongroom.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.api.GapCause;
import io.strongroom.api.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamQueueTest {
    @TempDir
    private Path data;

    private final FakeAppliance appliance = new FakeAppliance();

    private TestDisk disk() {
        return new TestDisk(data, TestDisk.LOGS);
    }

    private static List<Long> upTo(long end) {
        return LongStream.range(0, end).boxed().toList();
    }

    @Test
    void aBatchIsCutAtFiveHundredLinesOrAfterFiveSecondsAndNotBefore() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 100);
        assertThat(queue.next()).isEmpty();
        for (int i = 1; i < 5; i++) {
            TestDisk.append(queue, 100L * i, 100);
        }
        CutBatch full = queue.next().orElseThrow();
        assertThat(full.lines()).isEqualTo(500);
        appliance.take(full.frame());
        queue.acknowledge(full);
        TestDisk.append(queue, 500, 1);
        assertThat(queue.next()).isEmpty();
        disk.nanos.addAndGet(5_000_000_000L);

        assertThat(queue.next().orElseThrow().lines()).isEqualTo(1);
    }

    @Test
    void aBatchThatWasCutNeverChangesAlsoAfterAStart() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        disk.pass();
        byte[] frame = queue.next().orElseThrow().frame();
        TestDisk.append(queue, 10, 10);

        assertThat(queue.next().orElseThrow().frame()).isEqualTo(frame);
        queue.close();
        assertThat(disk.open().next().orElseThrow().frame()).isEqualTo(frame);
    }

    @Test
    void linesAndPositionAreThereAfterAStartAndNothingComesTwice() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        for (int i = 0; i < 60; i++) {
            TestDisk.append(queue, 100L * i, 100);
            if (i % 7 == 0) {
                queue.close();
                queue = disk.open();
                assertThat(queue.position(TestDisk.POSITION)).hasValue(Integer.toString(100 * i + 100));
            }
            if (i % 3 == 0) {
                appliance.drain(disk, queue);
            }
        }
        appliance.drain(disk, queue);

        assertThat(appliance.numbers).isEqualTo(upTo(6000));
        assertThat(appliance.epochs()).isEqualTo(1);
        assertThat(queue.depth()).isZero();
        assertThat(queue.position(TestDisk.POSITION)).hasValue("6000");
    }

    @Test
    void anAcknowledgementThatIsLostMakesNoDouble() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        disk.pass();
        appliance.take(queue.next().orElseThrow().frame());
        queue.close();
        queue = disk.open();
        TestDisk.append(queue, 10, 10);
        appliance.drain(disk, queue);

        assertThat(appliance.numbers).isEqualTo(upTo(20));
    }

    @Test
    void aTornTailIsCutAndThePositionIsThatOfWhatIsLeft() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        TestDisk.append(queue, 10, 10);
        queue.close();
        Path segment = disk.folder().segments().getLast().path();
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, java.util.Arrays.copyOf(bytes, bytes.length - 7));

        queue = disk.open();
        assertThat(queue.position(TestDisk.POSITION)).hasValue("10");
        TestDisk.append(queue, 10, 10);
        appliance.drain(disk, queue);

        assertThat(appliance.numbers).isEqualTo(upTo(20));
        assertThat(appliance.gaps).isEmpty();
        assertThat(data.resolve("damaged")).doesNotExist();
    }

    @Test
    void damageInTheMiddleIsSetAsideAndToldAndCostsOnlyWhatItHit() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        for (int i = 0; i < 5; i++) {
            TestDisk.append(queue, 10L * i, 10);
        }
        queue.close();
        Path segment = disk.folder().segments().getLast().path();
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2] ^= 0x20;
        Files.write(segment, bytes);

        queue = disk.open();
        appliance.drain(disk, queue);

        assertThat(appliance.numbers).hasSize(40).startsWith(0L).endsWith(49L).isSorted();
        Json.Obj gap = appliance.gaps.getFirst();
        assertThat(gap.text("cause")).isEqualTo(GapCause.DAMAGED.wire());
        assertThat(gap.integer("last") - gap.integer("first") + 1).isEqualTo(10);
        assertThat(data.resolve("damaged")).isNotEmptyDirectory();
        assertThat(appliance.epochs()).isEqualTo(1);
    }

    @Test
    void aQueueThatWasDeletedBeginsANewEpochAndSaysWhatWasNotAcknowledged() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        appliance.drain(disk, queue);
        TestDisk.append(queue, 10, 10);
        disk.pass();
        assertThat(queue.next()).isPresent();
        queue.close();
        DurableFile.removeFolder(data.resolve("queue"));

        queue = disk.open();
        TestDisk.append(queue, 20, 10);
        appliance.drain(disk, queue);

        assertThat(appliance.epochs()).isEqualTo(2);
        Json.Obj gap = appliance.gaps.getFirst();
        assertThat(gap.text("cause")).isEqualTo(GapCause.QUEUE_LOST.wire());
        assertThat(gap.integer("first")).isEqualTo(10);
        assertThat(gap.integer("last")).isEqualTo(19);
        assertThat(appliance.numbers).endsWith(29L);
    }

    @Test
    void aQueueThatIsDeletedUnderARunningAgentIsNoticedAtTheNextSync() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        DurableFile.removeFolder(data.resolve("queue"));
        queue.sync();
        TestDisk.append(queue, 10, 10);
        appliance.drain(disk, queue);

        assertThat(appliance.gaps.getFirst().text("cause")).isEqualTo(GapCause.QUEUE_LOST.wire());
        assertThat(appliance.numbers)
                .containsExactlyElementsOf(LongStream.range(10, 20).boxed().toList());
        assertThat(queue.position(TestDisk.POSITION)).hasValue("20");
    }

    @Test
    void aQueueRestoredFromAnEarlierCopyBeginsANewEpochAndLosesNothing() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        appliance.drain(disk, queue);
        TestDisk.append(queue, 10, 10);
        queue.close();
        Path copy = data.resolve("copy");
        TestDisk.copy(data.resolve("queue"), copy);
        queue = disk.open();
        appliance.drain(disk, queue);
        TestDisk.append(queue, 20, 10);
        appliance.drain(disk, queue);
        queue.close();
        DurableFile.removeFolder(data.resolve("queue"));
        Files.move(copy, data.resolve("queue"));

        queue = disk.open();
        TestDisk.append(queue, 30, 10);
        appliance.drain(disk, queue);

        assertThat(appliance.epochs()).isEqualTo(2);
        assertThat(appliance.gaps.getFirst().text("cause")).isEqualTo(GapCause.QUEUE_RESTORED.wire());
        assertThat(appliance.numbers).isEqualTo(upTo(40));
    }

    @Test
    void aFolderRestoredAsAWholeIsFoundOutByTheAppliance() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        appliance.drain(disk, queue);
        queue.close();
        TestDisk old = new TestDisk(data.resolve("old"), TestDisk.LOGS);
        TestDisk.copy(data.resolve("queue"), old.data.resolve("queue"));
        TestDisk.copy(data.resolve("marks"), old.data.resolve("marks"));
        queue = disk.open();
        TestDisk.append(queue, 10, 10);
        appliance.drain(disk, queue);
        queue.close();

        queue = old.open();
        TestDisk.append(queue, 20, 10);
        appliance.drain(old, queue);

        assertThat(appliance.epochs()).isEqualTo(2);
        assertThat(appliance.gaps.getFirst().text("cause")).isEqualTo(GapCause.CONFLICT.wire());
        assertThat(appliance.numbers).isEqualTo(upTo(30));
    }

    @Test
    void whereNothingCanBeWrittenNothingIsTakenInAndLaterItIs() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        Path lines = disk.folder().lines();
        DurableFile.removeFolder(lines);
        Files.createFile(lines);

        assertThatThrownBy(() -> TestDisk.append(queue, 0, 10)).isInstanceOf(IOException.class);
        assertThat(queue.position(TestDisk.POSITION)).isEmpty();
        Files.delete(lines);
        Files.createDirectory(lines);
        TestDisk.append(queue, 0, 10);
        appliance.drain(disk, queue);

        assertThat(appliance.numbers).isEqualTo(upTo(10));
    }

    @Test
    void whatIsEvictedLeavesANoticeThatTheApplianceTakesForTheGap() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        disk.pass();
        CutBatch cut = queue.next().orElseThrow();
        TestDisk.append(queue, 10, 10);
        assertThat(queue.evict(GapCause.EVICTED)).isTrue();
        assertThat(queue.depth()).as("the batch and the notice").isEqualTo(11);
        TestDisk.append(queue, 20, 10);
        assertThat(queue.evict(GapCause.EVICTED)).isTrue();
        assertThat(queue.evict(GapCause.EVICTED)).isFalse();
        TestDisk.append(queue, 30, 10);
        assertThat(queue.next().orElseThrow().frame()).isEqualTo(cut.frame());
        queue.close();
        queue = disk.open();
        assertThat(queue.position(TestDisk.POSITION)).hasValue("40");
        appliance.drain(disk, queue);

        assertThat(appliance.epochs()).isEqualTo(1);
        assertThat(appliance.gaps).hasSize(1);
        assertThat(appliance.gaps.getFirst().integer("first")).isEqualTo(10);
        assertThat(appliance.gaps.getFirst().integer("last")).isEqualTo(29);
        assertThat(appliance.numbers)
                .hasSize(20)
                .startsWith(0L)
                .contains(9L, 30L)
                .endsWith(39L);
        assertThat(queue.depth()).isZero();
    }

    @Test
    void telemetryIsThinnedBeforeItGoes() throws IOException {
        TestDisk disk = new TestDisk(data, TestDisk.HEALTH);
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 100);
        assertThat(queue.thin()).isTrue();
        assertThat(queue.thin()).isFalse();
        appliance.drain(disk, queue);

        assertThat(appliance.numbers).hasSize(50).contains(1L, 3L, 99L);
        Json.Obj gap = appliance.gaps.getFirst();
        assertThat(gap.text("cause")).isEqualTo(GapCause.DOWNSAMPLED.wire());
        assertThat(gap.integer("last") - gap.integer("first") + 1).isEqualTo(50);
        assertThat(appliance.epochs()).isEqualTo(1);
    }

    @Test
    void eachNoticeOfThinningIsAboutItsOwnLinesAndAFewAreNotThinned() throws IOException {
        TestDisk disk = new TestDisk(data, TestDisk.HEALTH);
        StreamQueue queue = disk.open();
        for (int n = 0; n < 22; n++) {
            String line = "{\"n\":" + n + ",\"pad\":\"" + "x".repeat(100_000) + "\"}";
            queue.append(List.of(line.getBytes(StandardCharsets.UTF_8)), null, null);
        }
        TestDisk.append(queue, 22, 7);
        assertThat(disk.folder().segments()).hasSize(3);
        assertThat(queue.thin()).isTrue();
        assertThat(queue.thin()).isTrue();
        assertThat(queue.thin()).isFalse();
        appliance.drain(disk, queue);

        assertThat(appliance.gaps).extracting(gap -> gap.integer("first")).containsExactly(0L, 11L);
        assertThat(appliance.gaps).extracting(gap -> gap.integer("last")).containsExactly(5L, 16L);
        assertThat(appliance.numbers).contains(1L, 9L, 12L, 20L).endsWith(28L).hasSize(17);
        assertThat(appliance.epochs()).isEqualTo(1);
    }

    @Test
    void anAcknowledgementOfAnotherBatchSettlesNothing() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        disk.pass();
        CutBatch first = queue.next().orElseThrow();
        appliance.take(first.frame());
        queue.acknowledge(first);
        TestDisk.append(queue, 10, 10);
        disk.pass();
        CutBatch second = queue.next().orElseThrow();
        queue.acknowledge(first);

        assertThat(queue.depth()).isEqualTo(10);
        assertThat(queue.next().orElseThrow().frame()).isEqualTo(second.frame());
        appliance.drain(disk, queue);
        assertThat(appliance.numbers).isEqualTo(upTo(20));
    }

    @Test
    void whatIsDamagedUnderARunningAgentIsToldAndTheRestArrives() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 10);
        TestDisk.append(queue, 10, 10);
        queue.sync();
        Path segment = disk.folder().segments().getLast().path();
        byte[] bytes = Files.readAllBytes(segment);
        bytes[0] ^= 1;
        Files.write(segment, bytes);
        appliance.drain(disk, queue);
        TestDisk.append(queue, 20, 10);
        appliance.drain(disk, queue);

        assertThat(appliance.gaps).extracting(gap -> gap.integer("last")).containsExactly(9L);
        assertThat(appliance.numbers).isEqualTo(LongStream.range(10, 30).boxed().toList());
        assertThat(appliance.epochs()).isEqualTo(1);
    }

    @Test
    void auditIsNeverThinned() throws IOException {
        TestDisk disk = disk();
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 100);
        assertThat(queue.thin()).isFalse();
    }
}
