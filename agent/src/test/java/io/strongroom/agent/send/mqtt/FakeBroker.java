package io.strongroom.agent.send.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.agent.identity.DeviceIdentity;
import io.strongroom.agent.queue.FakeAppliance;
import io.strongroom.api.BatchAck;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.batch.verify.BatchFrame;
import io.strongroom.evidence.batch.verify.SignedBatch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A broker before a fake appliance, to which one mishap after the other happens. */
final class FakeBroker implements MqttLink.Opener {
    final FakeAppliance appliance = new FakeAppliance();
    final Deque<Mishap> mishaps = new ArrayDeque<>();
    int opened;

    enum Mishap {
        NONE,
        CANNOT_BE_REACHED,
        DOES_NOT_LET_IN,
        CUT_BEFORE_IT_CAME,
        CUT_BETWEEN_PUBLISH_AND_PUBACK,
        ACKNOWLEDGEMENT_LOST,
        EARLIER_ACKNOWLEDGEMENT_FIRST,
        NEVER_ANSWERS,
        REFUSES
    }

    @Override
    public MqttLink open(DeviceIdentity identity, MqttAddress address, MqttLink.Listener listener) throws IOException {
        Mishap now = mishaps.isEmpty() ? Mishap.NONE : mishaps.getFirst();
        if (now == Mishap.CANNOT_BE_REACHED) {
            mishaps.removeFirst();
            throw new IOException("connection refused");
        }
        if (now == Mishap.DOES_NOT_LET_IN) {
            mishaps.removeFirst();
            throw new MqttLink.NotLetInException("not authorised", new IOException());
        }
        opened++;
        return new Link("d/" + identity.device() + "/", listener);
    }

    private final class Link implements MqttLink {
        private final String topics;
        private final Listener listener;
        private boolean open = true;

        Link(String topics, Listener listener) {
            this.topics = topics;
            this.listener = listener;
        }

        @Override
        public CompletableFuture<?> publish(String topic, byte[] payload) {
            SignedBatch batch = SignedBatch.parse(BatchFrame.parse(payload).cose());
            if (!topic.equals(topics + "up/" + batch.head().stream())) {
                throw new AssertionError("published to " + topic);
            }
            Mishap now = mishaps.isEmpty() ? Mishap.NONE : mishaps.removeFirst();
            return switch (now) {
                case CUT_BEFORE_IT_CAME -> cut();
                case CUT_BETWEEN_PUBLISH_AND_PUBACK -> {
                    take(payload);
                    yield cut();
                }
                case ACKNOWLEDGEMENT_LOST -> {
                    take(payload);
                    yield CompletableFuture.completedFuture("PUBACK");
                }
                case NEVER_ANSWERS -> new CompletableFuture<>();
                case REFUSES -> {
                    Problem problem = Problem.of(ProblemType.BATCH_OUT_OF_ORDER, "so it is")
                            .with("batch", batch.digest().toString());
                    tell(problem.toJson().bytes());
                    yield new CompletableFuture<>();
                }
                case EARLIER_ACKNOWLEDGEMENT_FIRST -> {
                    acknowledge(batch, batch.head().first() - 1);
                    yield settled(batch, payload);
                }
                default -> settled(batch, payload);
            };
        }

        private CompletableFuture<?> settled(SignedBatch batch, byte[] payload) {
            take(payload);
            acknowledge(batch, appliance.nextOf(batch.head().epoch().toString()) - 1);
            return CompletableFuture.completedFuture("PUBACK");
        }

        private void take(byte[] payload) {
            FakeAppliance.Answer unused = appliance.take(payload);
        }

        private void acknowledge(SignedBatch batch, long through) {
            tell(new BatchAck(
                            batch.head().stream().value(),
                            batch.head().epoch().toString(),
                            through,
                            List.of(),
                            4,
                            "2026-11-21T01:02:03.004Z",
                            "note")
                    .toJson()
                    .bytes());
        }

        private void tell(byte[] message) {
            listener.heard(topics + "ack", "what nobody understands".getBytes(UTF_8));
            listener.heard(topics + "ack", message);
        }

        private CompletableFuture<?> cut() {
            open = false;
            return CompletableFuture.failedFuture(new IOException("connection reset"));
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
