package io.strongroom.agent.send.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.agent.identity.Connection;
import io.strongroom.agent.identity.DeviceIdentity;
import io.strongroom.agent.identity.TestIdentity;
import io.strongroom.agent.queue.CutBatch;
import io.strongroom.agent.queue.StreamQueue;
import io.strongroom.agent.queue.TestDisk;
import io.strongroom.agent.send.Reply;
import io.strongroom.agent.send.Skew;
import io.strongroom.agent.send.mqtt.FakeBroker.Mishap;
import io.strongroom.api.ProblemType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MqttTransportTest {
    private static final MqttAddress SOMEWHERE = new MqttAddress("localhost", 8883);

    private static final DeviceIdentity IDENTITY = TestIdentity.create();

    @TempDir
    private Path data;

    private final FakeBroker broker = new FakeBroker();
    private final AtomicReference<Optional<MqttAddress>> address = new AtomicReference<>(Optional.of(SOMEWHERE));
    private final Connection connection = new Connection(IDENTITY);
    private final MqttTransport transport = new MqttTransport(
            connection,
            address::get,
            broker,
            new MqttTransport.Patience(Duration.ofMillis(200), Duration.ofMillis(20)),
            unheard -> {},
            new Skew(),
            InstantSource.system());

    @AfterEach
    void close() {
        transport.close();
        connection.close();
    }

    private StreamQueue queue(TestDisk disk, int lines) throws Exception {
        StreamQueue queue = disk.open();
        queue.append(lines(0, lines), TestDisk.POSITION, "1");
        disk.pass();
        return queue;
    }

    private static List<byte[]> lines(long first, int count) {
        return LongStream.range(first, first + count)
                .mapToObj(n -> ("{\"n\":" + n + "}").getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private Reply afterMishap(Mishap mishap) throws Exception {
        CutBatch batch = queue(new TestDisk(data, TestDisk.LOGS), 3).next().orElseThrow();
        broker.mishaps.add(mishap);
        Reply reply = transport.send(batch);
        if (!(reply instanceof Reply.Acknowledged)) {
            assertThat(transport.send(batch)).isInstanceOf(Reply.Acknowledged.class);
        }
        assertThat(broker.appliance.numbers).containsExactly(0L, 1L, 2L);
        return reply;
    }

    @Test
    void connectionCutBetweenPublishAndPuback() throws Exception {
        assertThat(afterMishap(Mishap.CUT_BETWEEN_PUBLISH_AND_PUBACK)).isInstanceOf(Reply.Unanswered.class);
        assertThat(broker.opened).isEqualTo(2);
    }

    @Test
    void aPubackWithoutAnAcknowledgementIsNotBelieved() throws Exception {
        assertThat(afterMishap(Mishap.ACKNOWLEDGEMENT_LOST)).isInstanceOf(Reply.Unanswered.class);
        assertThat(broker.opened).isEqualTo(1);
    }

    @Test
    void aBrokerThatIsSilentIsLeft() throws Exception {
        assertThat(afterMishap(Mishap.NEVER_ANSWERS)).isInstanceOf(Reply.Unanswered.class);
        assertThat(broker.opened).isEqualTo(2);
    }

    @Test
    void theAcknowledgementOfAnEarlierBatchIsPassedOver() throws Exception {
        assertThat(afterMishap(Mishap.EARLIER_ACKNOWLEDGEMENT_FIRST)).isInstanceOf(Reply.Acknowledged.class);
    }

    @Test
    void aBatchThatIsRefusedTellsWhyAndLeavesNothingBehindInTheClient() throws Exception {
        Reply reply = afterMishap(Mishap.REFUSES);

        assertThat(reply).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
            assertThat(refused.problem().orElseThrow().type()).hasValue(ProblemType.BATCH_OUT_OF_ORDER);
            assertThat(refused.status()).isEqualTo(409);
        });
        assertThat(broker.opened).isEqualTo(2);
    }

    @Test
    void aBrokerThatDoesNotLetTheDeviceInIsUnderstoodAsSuch() throws Exception {
        assertThat(afterMishap(Mishap.DOES_NOT_LET_IN))
                .isInstanceOfSatisfying(Reply.Refused.class, refused -> assertThat(
                                refused.problem().orElseThrow().type())
                        .hasValue(ProblemType.INVALID_DEVICE_CERTIFICATE));
    }

    @Test
    void withoutAnAddressNothingIsTried() throws Exception {
        address.set(Optional.empty());
        CutBatch batch = queue(new TestDisk(data, TestDisk.LOGS), 3).next().orElseThrow();

        assertThat(transport.send(batch)).isInstanceOf(Reply.Unanswered.class);
        assertThat(broker.opened).isZero();
    }

    @Test
    void whateverHappensNothingIsLostNothingDoubledAndTheOrderKept() throws Exception {
        Random random = new Random(7);
        Mishap[] all = Mishap.values();
        TestDisk disk = new TestDisk(data, TestDisk.LOGS);
        StreamQueue queue = disk.open();
        Set<Mishap> notToOneInOrder = EnumSet.of(Mishap.REFUSES, Mishap.NEVER_ANSWERS);
        for (int round = 0; round < 40; round++) {
            queue.append(lines(round * 5L, 5), TestDisk.POSITION, Integer.toString(round));
            disk.pass();
            CutBatch batch = queue.next().orElseThrow();
            Mishap mishap = all[random.nextInt(all.length)];
            if (!notToOneInOrder.contains(mishap)) {
                broker.mishaps.add(mishap);
            }
            while (!(transport.send(batch) instanceof Reply.Acknowledged)) {
                if (random.nextInt(3) == 0) {
                    broker.mishaps.add(Mishap.CUT_BETWEEN_PUBLISH_AND_PUBACK);
                }
            }
            queue.acknowledge(batch);
        }

        assertThat(broker.appliance.numbers)
                .isEqualTo(LongStream.range(0, 200).boxed().toList());
        assertThat(queue.depth()).isZero();
    }

    @Test
    void anAddressIsAHostAndAPort() {
        assertThat(MqttAddress.parse("vault.example:8883")).isEqualTo(new MqttAddress("vault.example", 8883));
        for (String wrong : List.of(
                "",
                "vault.example",
                ":8883",
                "vault.example:0",
                "vault.example:99999",
                "a b:1",
                "me@vault:8883",
                "mqtts://vault:8883",
                "vault:8883/x")) {
            assertThatThrownBy(() -> MqttAddress.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
