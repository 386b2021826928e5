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

/** What commands ask of a queue. */
final class SentAgainTest {
    @TempDir
    private Path data;

    private final FakeAppliance appliance = new FakeAppliance();

    private void settle(StreamQueue queue) throws IOException {
        CutBatch batch = queue.next().orElseThrow();
        appliance.take(batch.frame());
        queue.acknowledge(batch);
    }

    @Test
    void whatWasAcknowledgedCanBeSentAgainAfterAStartToo() throws IOException {
        TestDisk disk = new TestDisk(data, TestDisk.LOGS);
        StreamQueue queue = disk.open();
        for (int i = 0; i < 3; i++) {
            TestDisk.append(queue, 500L * i, 500);
            settle(queue);
        }
        String epoch = queue.epoch();
        queue.close();
        StreamQueue again = disk.open();
        TestDisk.append(again, 1_500, 10);

        StreamQueue.Kept kept = again.kept(epoch, 600, 1_505);

        assertThat(kept.batches()).extracting(CutBatch::first).containsExactly(500L, 1_000L);
        assertThat(kept.waitingFrom()).isEqualTo(1_500);
        assertThat(kept.waitingTo()).isEqualTo(1_510);
        FakeAppliance restored = new FakeAppliance();
        assertThat(again.kept(epoch, 0, 1_499).batches())
                .allSatisfy(batch -> assertThat(restored.take(batch.frame())).isEqualTo(FakeAppliance.Answer.TAKEN));
        assertThat(restored.numbers)
                .isEqualTo(LongStream.range(0, 1_500).boxed().toList());
        assertThat(again.kept("00000000000000000000000000000000", 0, 10).batches())
                .isEmpty();
    }

    @Test
    void whatWasAcknowledgedIsKeptWithinABoundAndGoesFirstWhereThereIsNoRoom() throws IOException {
        TestDisk disk = new TestDisk(data, TestDisk.LOGS);
        StreamQueue queue = disk.open();
        for (int i = 0; i < SentBatches.MOST_FILES + 20; i++) {
            TestDisk.append(queue, 2L * i, 2);
            disk.pass();
            settle(queue);
        }
        assertThat(queue.kept(queue.epoch(), 0, Long.MAX_VALUE).batches()).hasSize(SentBatches.MOST_FILES);
        assertThat(queue.sentBytes()).isLessThanOrEqualTo(SentBatches.MOST_BYTES);
        assertThat(queue.forgetSent()).isTrue();
        assertThat(queue.forgetSent()).isFalse();
        assertThat(queue.sentBytes()).isZero();
    }

    @Test
    void whereWhatWasAcknowledgedCannotBeKeptTheQueueGoesOn() throws IOException {
        TestDisk disk = new TestDisk(data, TestDisk.LOGS);
        Files.writeString(data.resolve("sent"), "in the way");
        StreamQueue queue = disk.open();
        for (int i = 0; i < 3; i++) {
            TestDisk.append(queue, 500L * i, 500);
            settle(queue);
        }
        assertThat(appliance.numbers).hasSize(1_500);
    }

    @Test
    void aRotationBeginsANewEpochWithoutLossOrRepetition() throws IOException {
        TestDisk disk = new TestDisk(data, TestDisk.LOGS);
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 700);
        CutBatch under = queue.next().orElseThrow();
        String before = queue.epoch();

        queue.rotate();
        assertThat(queue.epoch()).as("a batch is under way").isEqualTo(before);
        appliance.take(under.frame());
        queue.acknowledge(under);

        assertThat(queue.epoch()).isNotEqualTo(before);
        disk.pass();
        settle(queue);
        assertThat(appliance.numbers).isEqualTo(LongStream.range(0, 700).boxed().toList());
        assertThat(appliance.gaps).extracting(gap -> gap.text("cause")).isEqualTo(List.of(GapCause.ROTATED.wire()));
    }

    @Test
    void aRotationThatWasGivenUpDoesNotComeLater() throws IOException {
        TestDisk disk = new TestDisk(data, TestDisk.LOGS);
        StreamQueue queue = disk.open();
        TestDisk.append(queue, 0, 500);
        CutBatch under = queue.next().orElseThrow();
        queue.rotate();
        queue.rotateNot();
        appliance.take(under.frame());
        queue.acknowledge(under);
        assertThat(queue.epoch()).isEqualTo(under.epoch());
    }

    @Test
    void aHurryDoesNotWaitForTheTime() throws IOException {
        StreamQueue queue = new TestDisk(data, TestDisk.HEALTH).open();
        TestDisk.append(queue, 0, 3);
        assertThat(queue.next()).isEmpty();
        queue.hurry();
        assertThat(queue.next().orElseThrow().lines()).isEqualTo(3);
    }
}
