package io.strongroom.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.agent.queue.CutBatch;
import io.strongroom.agent.queue.FakeAppliance;
import io.strongroom.agent.queue.StreamQueue;
import io.strongroom.agent.queue.TestDisk;
import io.strongroom.api.BatchAck;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamSenderTest {
    @TempDir
    private Path data;

    /** A sender, and an appliance that answers as it is told to, else as it should. */
    private static final class Stand implements Transport {
        final TestDisk disk;
        final StreamQueue queue;
        final Standing standing = new Standing();
        final Window window = new Window();
        final FakeAppliance appliance = new FakeAppliance();
        final Deque<Reply> instead = new ArrayDeque<>();
        final List<byte[]> sent = new ArrayList<>();
        final StreamSender sender;

        Stand(Path data) {
            disk = new TestDisk(data, TestDisk.LOGS);
            queue = disk.open();
            sender = new StreamSender(
                    queue, this, window, standing, Backoff.DEFAULT, InstantSource.system(), new Random(1));
        }

        void append(long first, int count) throws IOException {
            List<byte[]> lines = LongStream.range(first, first + count)
                    .mapToObj(n -> ("{\"n\":" + n + "}").getBytes(StandardCharsets.UTF_8))
                    .toList();
            queue.append(lines, TestDisk.POSITION, Long.toString(first + count));
            disk.pass();
        }

        @Override
        public Reply send(CutBatch batch) {
            byte[] frame = batch.frame();
            sent.add(frame);
            Reply told = instead.poll();
            if (told != null) {
                return told;
            }
            FakeAppliance.Answer answer = appliance.take(frame);
            return switch (answer) {
                case TAKEN, AGAIN -> acknowledged(appliance.nextOf(queue.epoch()) - 1, List.of());
                case OUT_OF_ORDER -> refused(ProblemType.BATCH_OUT_OF_ORDER);
                case CONFLICT -> refused(ProblemType.BATCH_CONFLICT);
            };
        }

        Reply acknowledged(long through, List<BatchAck.Rejected> rejected) {
            return new Reply.Acknowledged(new BatchAck(
                    queue.stream().value(), queue.epoch(), through, rejected, 4, "2026-11-21T01:02:03.004Z", "note"));
        }
    }

    private static Reply refused(ProblemType type, Duration... retryAfter) {
        return new Reply.Refused(
                type.status(),
                Optional.of(Problem.of(type, "so it is")),
                retryAfter.length == 0 ? Optional.empty() : Optional.of(retryAfter[0]));
    }

    @Test
    void whatIsAcknowledgedIsDoneAndTheWindowIsWhatTheApplianceSays() throws Exception {
        Stand stand = new Stand(data);
        stand.append(0, 10);

        assertThat(stand.sender.step()).isZero();
        assertThat(stand.queue.depth()).isZero();
        assertThat(stand.standing.lines()).isEqualTo(10);
        assertThat(stand.window.size()).isEqualTo(4);
        assertThat(stand.sender.step()).isEqualTo(StreamSender.IDLE);
    }

    @Test
    void theSameBytesAreSentUntilTheyAreAcknowledgedAndNothingComesTwice() throws Exception {
        Stand stand = new Stand(data);
        stand.append(0, 10);
        for (int i = 0; i < 3; i++) {
            stand.instead.add(new Reply.Unanswered("the line is dead"));
            Duration unused = stand.sender.step();
        }
        assertThat(stand.standing.trouble())
                .hasValueSatisfying(told -> assertThat(told).contains("the line is dead"));
        stand.append(10, 10);
        assertThat(stand.sender.step()).isZero();
        assertThat(stand.sender.step()).isZero();

        assertThat(stand.sent.subList(1, 4)).allMatch(frame -> java.util.Arrays.equals(frame, stand.sent.getFirst()));
        assertThat(stand.appliance.numbers)
                .isEqualTo(LongStream.range(0, 20).boxed().toList());
        assertThat(stand.standing.trouble()).isEmpty();
    }

    @Test
    void retryAfterIsWaitedInFullWithADrawOnTop() throws Exception {
        Stand stand = new Stand(data);
        stand.append(0, 1);
        stand.instead.add(refused(ProblemType.OVERLOADED, Duration.ofSeconds(7)));

        assertThat(stand.sender.step()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
        assertThat(stand.sender.step()).isZero();
        assertThat(stand.appliance.numbers).containsExactly(0L);
    }

    @Test
    void aDeviceThatIsRevokedOrLockedSaysSoAndKeepsEverything() throws Exception {
        for (ProblemType type : List.of(ProblemType.DEVICE_REVOKED, ProblemType.DEVICE_LOCKED)) {
            Stand stand = new Stand(data.resolve(type.code()));
            stand.append(0, 10);
            stand.instead.add(refused(type));

            assertThat(stand.sender.step()).isGreaterThanOrEqualTo(StreamSender.SHUT_OUT);
            assertThat(stand.standing.shutOut()).isPresent();
            assertThat(stand.queue.depth()).isEqualTo(10);
            assertThat(stand.sender.step()).isZero();
            assertThat(stand.standing.shutOut()).isEmpty();
            assertThat(stand.appliance.numbers).hasSize(10);
        }
    }

    @Test
    void aWrongTenantStopsTheSendingAtTheFirstBatch() throws Exception {
        Stand stand = new Stand(data);
        stand.append(0, 2);
        stand.instead.add(stand.acknowledged(1, List.of(new BatchAck.Rejected(0, ProblemType.TENANT_MISMATCH.code()))));
        Duration unused = stand.sender.step();
        stand.append(2, 10);
        unused = stand.sender.step();

        assertThat(stand.sent).hasSize(1);
        assertThat(stand.queue.depth()).isEqualTo(10);
        assertThat(stand.standing.shutOut())
                .hasValueSatisfying(told -> assertThat(told).contains("tenant"));
    }

    @Test
    void whatTheApplianceNeverTakesInItsPlaceBeginsANewEpoch() throws Exception {
        Stand stand = new Stand(data);
        stand.append(0, 10);
        String epoch = stand.queue.epoch();
        stand.instead.add(refused(ProblemType.BATCH_CONFLICT));
        Duration unused = stand.sender.step();
        stand.disk.pass();
        unused = stand.sender.step();

        assertThat(stand.queue.epoch()).isNotEqualTo(epoch);
        assertThat(stand.appliance.numbers)
                .isEqualTo(LongStream.range(0, 10).boxed().toList());
        assertThat(stand.appliance.gaps.getFirst().text("cause")).isEqualTo("conflict");
    }

    @Test
    void anAcknowledgementOfSomethingElseIsNone() throws Exception {
        Stand stand = new Stand(data);
        stand.append(0, 10);
        stand.instead.add(stand.acknowledged(8, List.of()));
        assertThat(stand.sender.step()).isPositive();

        assertThat(stand.queue.depth()).isEqualTo(10);
        assertThat(stand.standing.trouble()).isPresent();
    }

    @Test
    void thePauseGrowsToFiveMinutesAndIsDrawnFromZeroOn() {
        Random random = new Random(3);
        for (int failures = 1; failures < 30; failures++) {
            long bound = Math.min(300_000, 1_000L << Math.min(20, failures - 1));
            for (int i = 0; i < 20; i++) {
                assertThat(Backoff.DEFAULT.pause(failures, Optional.empty(), random))
                        .isBetween(Duration.ZERO, Duration.ofMillis(bound));
            }
        }
    }

    @Test
    void theSkewIsThatOfTheQuickestAnswerAndForgottenWhenTheClockIsSet() {
        Skew skew = new Skew();
        assertThat(skew.aheadMillis()).isEmpty();
        skew.add(1_000, 3_000, 4_500);
        skew.add(5_000, 5_010, 6_005);
        assertThat(skew.aheadMillis()).hasValue(1_000L);
        skew.add(9_000, 8_000, 9_000);
        assertThat(skew.aheadMillis()).isEmpty();
    }
}
