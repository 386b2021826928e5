package io.strongroom.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.agent.queue.CutBatch;
import io.strongroom.agent.queue.FakeAppliance;
import io.strongroom.agent.queue.StreamQueue;
import io.strongroom.agent.queue.TestDisk;
import io.strongroom.api.BatchAck;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TwoWaysTest {
    private static final Duration LOOK = Duration.ofMinutes(5);

    @TempDir
    private Path data;

    private final FakeAppliance appliance = new FakeAppliance();
    private final Way https = new Way();
    private final Way mqtt = new Way();
    private final AtomicBoolean known = new AtomicBoolean(true);
    private final AtomicLong nanos = new AtomicLong();
    private final TwoWays ways =
            new TwoWays(https, mqtt, known::get, () -> https.state == State.OPEN, LOOK, Runnable::run, nanos::get);
    private long appended;

    private enum State {
        OPEN,
        /** Nothing comes through. */
        CUT,
        /** The appliance has it, and nobody hears of it. */
        DEAF,
        /** Something in between answers with a page of its own. */
        INTERCEPTED,
        REFUSING
    }

    private final class Way implements Transport {
        State state = State.OPEN;
        int sent;

        @Override
        public Reply send(CutBatch batch) {
            sent++;
            if (state == State.OPEN || state == State.DEAF) {
                FakeAppliance.Answer answer = appliance.take(batch.frame());
                assertThat(answer).isIn(FakeAppliance.Answer.TAKEN, FakeAppliance.Answer.AGAIN);
            }
            return switch (state) {
                case OPEN ->
                    new Reply.Acknowledged(new BatchAck(
                            batch.stream().value(),
                            batch.epoch(),
                            batch.last(),
                            List.of(),
                            1,
                            "2026-11-21T01:02:03.004Z",
                            "note"));
                case CUT, DEAF -> new Reply.Unanswered("cut");
                case INTERCEPTED -> new Reply.Refused(403, Optional.empty(), Optional.empty());
                case REFUSING ->
                    new Reply.Refused(503, Optional.of(Problem.of(ProblemType.OVERLOADED, "full")), Optional.empty());
            };
        }
    }

    private CutBatch cut(TestDisk disk, StreamQueue queue) throws Exception {
        queue.append(
                LongStream.range(appended, appended + 3)
                        .mapToObj(n -> ("{\"n\":" + n + "}").getBytes(StandardCharsets.UTF_8))
                        .toList(),
                TestDisk.POSITION,
                "at");
        appended += 3;
        disk.pass();
        return queue.next().orElseThrow();
    }

    private CutBatch batch() throws Exception {
        TestDisk disk = new TestDisk(data, TestDisk.LOGS);
        return cut(disk, disk.open());
    }

    private void times(int count, CutBatch batch) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            Reply unused = ways.send(batch);
        }
    }

    @Test
    void mqttIsTakenAtTheThirdFailureInARowAndHttpsAgainOnceItAnswers() throws Exception {
        CutBatch batch = batch();
        https.state = State.CUT;
        times(2, batch);
        assertThat(mqtt.sent).isZero();

        assertThat(ways.send(batch)).isInstanceOf(Reply.Acknowledged.class);
        assertThat(ways.isByMqtt()).isTrue();
        times(5, batch);
        assertThat(https.sent).isEqualTo(3);

        nanos.addAndGet(LOOK.toNanos());
        times(1, batch);
        assertThat(ways.isByMqtt()).isTrue();
        https.state = State.OPEN;
        times(1, batch);
        assertThat(ways.isByMqtt()).as("it is not asked more often").isTrue();
        nanos.addAndGet(LOOK.toNanos());
        times(2, batch);
        assertThat(ways.isByMqtt()).isFalse();
        assertThat(https.sent).isEqualTo(4);
    }

    @Test
    void whoeverAnswersWithAPageOfItsOwnIsNotTheAppliance() throws Exception {
        CutBatch batch = batch();
        https.state = State.INTERCEPTED;
        times(3, batch);

        assertThat(ways.isByMqtt()).isTrue();
    }

    @Test
    void anApplianceThatSaysNoIsReached() throws Exception {
        CutBatch batch = batch();
        https.state = State.REFUSING;
        times(10, batch);

        assertThat(ways.isByMqtt()).isFalse();
        assertThat(mqtt.sent).isZero();
    }

    @Test
    void whileNeitherAnswersBothAreTriedAndHttpsStaysTheFirst() throws Exception {
        CutBatch batch = batch();
        https.state = State.CUT;
        mqtt.state = State.CUT;
        times(10, batch);
        assertThat(ways.isByMqtt()).isFalse();
        assertThat(mqtt.sent).isEqualTo(8);

        https.state = State.OPEN;
        assertThat(ways.send(batch)).isInstanceOf(Reply.Acknowledged.class);
        assertThat(ways.isByMqtt()).isFalse();
    }

    @Test
    void whereMqttFailsHttpsHasItsTurnAgain() throws Exception {
        CutBatch batch = batch();
        https.state = State.CUT;
        times(3, batch);
        https.state = State.OPEN;
        mqtt.state = State.CUT;
        times(3, batch);

        assertThat(ways.isByMqtt()).isFalse();
        assertThat(ways.send(batch)).isInstanceOf(Reply.Acknowledged.class);
    }

    @Test
    void withoutAnAddressMqttIsNotTried() throws Exception {
        known.set(false);
        https.state = State.CUT;
        times(10, batch());

        assertThat(mqtt.sent).isZero();
    }

    @Test
    void thereAndBackNothingIsLostNothingDoubledAndTheOrderKept() throws Exception {
        Random random = new Random(11);
        State[] states = {State.OPEN, State.OPEN, State.CUT, State.DEAF, State.INTERCEPTED};
        TestDisk disk = new TestDisk(data, TestDisk.LOGS);
        StreamQueue queue = disk.open();
        int changes = 0;
        for (int round = 0; round < 100; round++) {
            CutBatch batch = cut(disk, queue);
            boolean before = ways.isByMqtt();
            do {
                https.state = states[random.nextInt(states.length)];
                mqtt.state = states[random.nextInt(states.length)];
                nanos.addAndGet(LOOK.toNanos() / 2);
            } while (!(ways.send(batch) instanceof Reply.Acknowledged));
            queue.acknowledge(batch);
            changes += before == ways.isByMqtt() ? 0 : 1;
        }

        assertThat(changes).isGreaterThan(10);
        assertThat(appliance.numbers)
                .isEqualTo(LongStream.range(0, appended).boxed().toList());
    }
}
